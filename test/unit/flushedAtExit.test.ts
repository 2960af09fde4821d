import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import type { Rule } from '../../server/src/engine/types.ts';
import { nodeFileSystem } from '../../server/src/nodeFileSystem.ts';
import type { Project } from '../../server/src/project/project.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { auditLogNotFlushed } from '../../server/src/rules/audit-log-not-flushed.ts';
import { missingSigtermHandler } from '../../server/src/rules/missing-sigterm-handler.ts';
import { telemetryNotFlushed } from '../../server/src/rules/telemetry-not-flushed.ts';
import { applyEdits } from '../../server/src/text/edits.ts';
import { linkReal, realPackages } from '../support/realPackages.ts';
import { type Ending, runAndStop } from '../support/runAndStop.ts';
import { tempFolder } from '../support/tempFolder.ts';

/*
 * Servers that write a lot in the last moment, as calls do that were in flight, and then exit; with the real packages.
 */

const manifest = JSON.stringify({
  name: 'reports',
  type: 'module',
  bin: 'index.js',
  dependencies: {
    '@modelcontextprotocol/sdk': '1',
    winston: '3',
    pino: '10',
    '@opentelemetry/sdk-node': '0',
  },
});

/** As much of the SDK as starts. */
const sdk = {
  'node_modules/@modelcontextprotocol/sdk/package.json': '{ "type": "module" }',
  'node_modules/@modelcontextprotocol/sdk/server/mcp.js':
    'export class McpServer { async connect() { setInterval(() => {}, 1_000); } async close() {} }',
  'node_modules/@modelcontextprotocol/sdk/server/stdio.js': 'export class StdioServerTransport {}',
};

/** A server in a folder. `last` is what its calls write before it exits. */
function serverIn(setup: string, last: string, packages: readonly string[], from: string): string {
  const text = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
${setup}
const server = new McpServer({ name: 'reports', version: '1.0.0' });

async function stop() {
  setTimeout(() => process.exit(1), 9_000);
  ${last}
  await server.close();
  process.exit(0);
}

process.on('SIGTERM', stop);
await server.connect(new StdioServerTransport());
console.log('listening');
`;
  const folder = tempFolder({ 'package.json': manifest, 'index.js': text, ...sdk });
  linkReal(folder, packages, from);
  return folder;
}

function projectIn(folder: string): Promise<Project> {
  const workspace = new Workspace(nodeFileSystem);
  workspace.configure([folder], { trusted: false });
  return workspace.snapshot();
}

async function applyFixIn(folder: string, rule: Rule, file = 'index.js'): Promise<void> {
  const project = await projectIn(folder);
  const [finding, ...others] = check(project, [rule]).findings;
  expect(others).toEqual([]);
  const [fix] = await fixesOf(project, finding!, [rule]);
  const path = join(folder, file);
  writeFileSync(path, applyEdits(readFileSync(path, 'utf8'), fix!.edits.get(`${folder}/${file}`)!));
  expect(check(await projectIn(folder), [rule]).findings).toEqual([]);
}

function linesIn(folder: string, file = 'audit.log'): number {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

const inLogs = realPackages(['winston', 'pino']);
const writes = "for (let i = 0; i < 5_000; i += 1) audit.info('call '.repeat(20));";

/** A transport of pino that writes what it has at its end, and takes its time. */
const gather = `import { appendFile } from 'node:fs/promises';
import build from 'pino-abstract-transport';

export default () => {
  const lines = [];
  const take = async (source) => {
    for await (const record of source) lines.push(JSON.stringify(record) + '\\n');
  };
  const close = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await appendFile('audit.log', lines.join(''));
  };
  return build(take, { close });
};
`;

describe.skipIf(!inLogs)('logs', () => {
  test('winston: a file has every line after the fix', async () => {
    const setup = `import winston from 'winston';
const audit = winston.createLogger({ transports: [new winston.transports.File({ filename: 'audit.log' })] });
`;
    const folder = serverIn(setup, writes, ['winston'], inLogs!);
    await runAndStop(folder, 'index.js');
    expect(linesIn(folder)).toBeLessThan(5_000);

    writeFileSync(join(folder, 'audit.log'), '');
    await applyFixIn(folder, auditLogNotFlushed);
    const { code, stderr } = await runAndStop(folder, 'index.js');
    expect({ code, stderr, lines: linesIn(folder) }).toEqual({ code: 0, stderr: '', lines: 5_000 });
  });

  test('a write stream has every line after the fix', async () => {
    const setup = `import { createWriteStream } from 'node:fs';
const audit = createWriteStream('audit.log');
`;
    const folder = serverIn(setup, writes.replace('info(', "write('\\n' + "), [], inLogs!);
    await runAndStop(folder, 'index.js');
    expect(linesIn(folder)).toBeLessThan(5_000);

    writeFileSync(join(folder, 'audit.log'), '');
    await applyFixIn(folder, auditLogNotFlushed);
    const { code, stderr } = await runAndStop(folder, 'index.js');
    expect({ code, stderr, lines: linesIn(folder) }).toEqual({ code: 0, stderr: '', lines: 5_000 });
  });

  test("the program's own list of records is written out", async () => {
    const setup = `import { appendFile } from 'node:fs/promises';
class AuditTrail {
  pending = [];
  info(line) {
    this.pending.push(line);
  }
  async flush() {
    const batch = this.pending;
    this.pending = [];
    await appendFile('audit.log', batch.map((line) => line + '\\n').join(''));
  }
}
const audit = new AuditTrail();
setInterval(() => void audit.flush(), 60_000);
`;
    const folder = serverIn(setup, writes, [], inLogs!);
    await runAndStop(folder, 'index.js');
    expect(linesIn(folder)).toBe(0);

    await applyFixIn(folder, auditLogNotFlushed);
    const { code, stderr } = await runAndStop(folder, 'index.js');
    expect({ code, stderr, lines: linesIn(folder) }).toEqual({ code: 0, stderr: '', lines: 5_000 });
  });

  test.each([
    [
      'a destination that buffers',
      "pino(pino.destination({ dest: 'audit.log', sync: false, minLength: 4_096 }))",
    ],
    ['a worker', "pino(pino.transport({ target: 'pino/file', options: { destination: 'audit.log' } }))"],
    [
      'several streams',
      "pino({}, pino.multistream([{ stream: pino.destination({ dest: 'audit.log', sync: false }) }]))",
    ],
    [
      'a worker that gathers',
      "pino({ transport: { targets: [{ target: new URL('gather.js', import.meta.url).href }] } })",
    ],
  ])('pino with %s needs no fix, and loses no line', async (_, made) => {
    const folder = serverIn(
      `import { pino } from 'pino';\nconst audit = ${made};\n`,
      writes,
      ['pino', 'pino-abstract-transport'],
      inLogs!,
    );
    writeFileSync(join(folder, 'gather.js'), gather);
    expect(check(await projectIn(folder), [auditLogNotFlushed]).findings).toEqual([]);
    const { code, stderr } = await runAndStop(folder, 'index.js');
    expect({ code, stderr, lines: linesIn(folder) }).toEqual({ code: 0, stderr: '', lines: 5_000 });
  });

  test.skipIf(process.platform !== 'linux')(
    'winston: a disk that is full keeps nobody from the exit',
    async () => {
      const setup = `import winston from 'winston';
const audit = winston.createLogger({ transports: [new winston.transports.File({ filename: '/dev/full' })] });
`;
      const folder = serverIn(setup, writes, ['winston'], inLogs!);
      await applyFixIn(folder, auditLogNotFlushed);
      // The handler's own timer would end it with 1.
      expect((await runAndStop(folder, 'index.js')).code).toBe(0);
    },
  );

  test.each([
    ['alone', "new winston.transports.Http({ host: 'logs.example.com' })"],
    [
      'beside a file',
      "new winston.transports.File({ filename: 'audit.log' }), new winston.transports.Http({ host: 'logs.example.com' })",
    ],
  ])(
    'winston over HTTP, %s: ending it would drop what is being sent, so that is not offered',
    async (_, made) => {
      const setup = `import winston from 'winston';
const audit = winston.createLogger({ transports: [${made}] });
`;
      const project = await projectIn(serverIn(setup, writes, ['winston'], inLogs!));
      const { findings } = check(project, [auditLogNotFlushed]);
      expect(findings.length).toBeGreaterThan(0);
      for (const finding of findings)
        expect(await fixesOf(project, finding, [auditLogNotFlushed])).toEqual([]);
    },
  );
});

const openTelemetry = [
  '@opentelemetry/sdk-node',
  '@opentelemetry/api',
  '@opentelemetry/exporter-trace-otlp-http',
];
const inTelemetry = realPackages(openTelemetry);

/** A collector that counts the spans that it is sent; `answers: false` leaves senders waiting. */
async function startCollector(answers = true) {
  const collector = { url: '', spans: 0, stop: () => Promise.resolve() };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (!answers) return;
    for (const { scopeSpans } of JSON.parse(text).resourceSpans)
      for (const { spans } of scopeSpans) collector.spans += spans.length;
    response.setHeader('Content-Type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`;
  collector.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(() => collector.stop());
  return collector;
}

describe.skipIf(!inTelemetry)('OpenTelemetry', () => {
  const setup = `import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
const telemetry = new NodeSDK({
  serviceName: 'reports',
  traceExporter: new OTLPTraceExporter({ url: process.env.COLLECTOR }),
});
telemetry.start();
`;
  const spans = "for (let i = 0; i < 200; i += 1) trace.getTracer('tools').startSpan('call').end();";
  const run = (folder: string, url: string) => runAndStop(folder, 'index.js', { COLLECTOR: url });

  test('every span arrives after the fix', async () => {
    const folder = serverIn(setup, spans, openTelemetry, inTelemetry!);
    const collector = await startCollector();
    await run(folder, collector.url);
    expect(collector.spans).toBeLessThan(200);

    collector.spans = 0;
    await applyFixIn(folder, telemetryNotFlushed);
    const { code, stderr } = await run(folder, collector.url);
    expect({ code, stderr, spans: collector.spans }).toEqual({ code: 0, stderr: '', spans: 200 });
  });

  // The handler's own timer would end it with 1.
  test('a collector that is away, or does not answer, keeps nobody from the exit', async () => {
    const folder = serverIn(setup, spans, openTelemetry, inTelemetry!);
    await applyFixIn(folder, telemetryNotFlushed);
    const hanging = await startCollector(false);
    expect((await run(folder, hanging.url)).code).toBe(0);
    await hanging.stop();
    expect((await run(folder, hanging.url)).code).toBe(0);
  });
});

const everything = [...openTelemetry, '@modelcontextprotocol/sdk', 'winston', 'pino'];
const inAll = realPackages(everything);

describe.skipIf(!inAll)('what a call in flight writes is there after the full handler is inserted', () => {
  const imports = `import { createWriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import pino from 'pino';
import winston from 'winston';
`;
  const body = `
const telemetry = new NodeSDK({
  serviceName: 'reports',
  traceExporter: new OTLPTraceExporter({ url: process.env.COLLECTOR }),
});
telemetry.start();
const logger = winston.createLogger({ transports: [new winston.transports.File({ filename: 'server.log' })] });
const events = pino(pino.destination({ dest: 'events.log', sync: false, minLength: 4096 }));
const audit = createWriteStream('audit.log', { flags: 'a' });

const server = new McpServer({ name: 'reports', version: '1.0.0' });

server.registerTool('book', { description: 'Books an amount' }, async () => {
  await sleep(700);
  for (let i = 0; i < 500; i += 1) {
    audit.write('booked '.repeat(20) + '\\n');
    logger.info('booked '.repeat(20));
    events.info('booked '.repeat(20));
    trace.getTracer('tools').startSpan('book').end();
  }
  return { content: [{ type: 'text', text: 'booked' }] };
});

await server.connect(new StdioServerTransport());
console.log('listening');
`;
  const call = [
    {
      method: 'initialize',
      id: 1,
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    },
    { method: 'notifications/initialized' },
    { method: 'tools/call', id: 2, params: { name: 'book' } },
  ].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

  async function bookAndStop(folder: string, program: string, url: string): Promise<Ending> {
    return runAndStop(folder, program, { COLLECTOR: url }, async ({ stdin }) => {
      stdin?.write(call.join(''));
      await new Promise((resolve) => setTimeout(resolve, 400));
    });
  }

  test.each(['js', 'ts'])('.%s', async (extension) => {
    const name = `index.${extension}`;
    const program = extension === 'ts' ? 'dist/index.js' : name;
    const text = `${imports}${body}`;
    const folder = tempFolder({
      'package.json': manifest.replace('index.js', name),
      [name]: text,
    });
    linkReal(folder, everything, inAll!);
    const start = async () => {
      if (extension === 'ts') {
        const entryPoints = [join(folder, name)];
        await build({ entryPoints, outdir: join(folder, 'dist'), format: 'esm', logLevel: 'silent' });
      }
      const collector = await startCollector();
      const ending = await bookAndStop(folder, program, collector.url);
      const lines = ['audit.log', 'server.log', 'events.log'].map((file) => linesIn(folder, file));
      return { ...ending, lines, spans: collector.spans };
    };
    expect(await start()).toMatchObject({ signal: 'SIGTERM', lines: [0, 0, 0], spans: 0 });

    await applyFixIn(folder, missingSigtermHandler, name);
    const { code, stderr, stdout, lines, spans } = await start();
    expect({ code, stderr, lines, spans }).toEqual({
      code: 0,
      stderr: '',
      lines: [500, 500, 500],
      spans: 500,
    });
    expect(stdout).toContain('"text":"booked"');
  });
});
