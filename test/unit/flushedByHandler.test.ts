import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { missingSigtermHandler } from '../../server/src/rules/missing-sigterm-handler.ts';
import { applyFixIn, linesIn, manifest, openTelemetry, startCollector } from '../support/flushedServers.ts';
import { linkReal, realPackages } from '../support/realPackages.ts';
import { type Ending, runAndStop } from '../support/runAndStop.ts';
import { tempFolder } from '../support/tempFolder.ts';

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
