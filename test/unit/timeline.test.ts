import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/src/project/workspace.ts';
import type { Timeline } from '../../server/src/timeline/timeline.ts';
import { timelinesOf } from '../../server/src/timeline/timelines.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';
import { compose, dockerfile, drainingServer, kubernetes, manifest } from '../support/timelineProject.ts';

async function timelines(files: Record<string, string>): Promise<readonly Timeline[]> {
  const all = { 'package.json': manifest, 'src/index.ts': drainingServer, ...files };
  const workspace = new Workspace(
    new MemoryFileSystem(Object.fromEntries(Object.entries(all).map(([name, text]) => [`/w/${name}`, text]))),
  );
  workspace.configure(['/w'], {});
  return timelinesOf(await workspace.snapshot());
}

/** `drain 0-5000, slack 5000-10000; SIGKILL 10000` and what it comes to. */
function summary({ segments, kill, verdict, stoppedBy }: Timeline): string {
  const parts = segments.map(
    ({ kind, startMs, ms }) => `${kind} ${startMs}-${ms === undefined ? '?' : startMs + ms}`,
  );
  return `${stoppedBy}: ${parts.join(', ')}; SIGKILL ${kill.atMs}: ${verdict.kind}`;
}

const summaries = async (files: Record<string, string>) => (await timelines(files)).map(summary);

/** The server with another handler of SIGTERM. */
function handling(body: string): Record<string, string> {
  const [head = ''] = drainingServer.split('process.on');
  return { 'src/index.ts': `${head}process.on('SIGTERM', async () => {\n${body}\n});\n` };
}

const wait = `const end = Date.now() + 5_000;
  while (calls > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));`;

describe('a server that nothing deploys', () => {
  test('is stopped as docker stop does, and the default is named so', async () => {
    const [timeline, ...others] = await timelines({});
    expect(others).toEqual([]);
    expect(summary(timeline!)).toBe('docker stop: drain 0-5000, slack 5000-10000; SIGKILL 10000: fits');
    expect(timeline!.kill.sources).toEqual([{ text: 'default of docker stop', at: undefined }]);
  });

  test('over stdio is stopped by its client', async () => {
    const server = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
await new McpServer({ name: 'notes', version: '1.0.0' }).connect(new StdioServerTransport());
`;
    expect(await summaries({ 'src/index.ts': server })).toEqual([
      'MCP client (stdio): stdin 0-2000, slack 2000-4000; SIGKILL 4000: no-drain',
    ]);
    const heeding = `${server}process.stdin.on('end', () => process.exit(0));\n`;
    expect(await summaries({ 'src/index.ts': heeding })).toEqual([
      'MCP client (stdio): stdin 0-2000, unknown 2000-4000; SIGKILL 4000: unknown',
    ]);
  });
});

describe('cleanup', () => {
  test.each([
    [
      'a forced exit armed first counts from the signal',
      `setTimeout(() => process.exit(1), 8_000); ${wait}`,
      '5000-8000',
    ],
    [
      'one armed behind the drain counts from there',
      `${wait} setTimeout(() => process.exit(1), 2_000);`,
      '5000-7000',
    ],
  ])('%s', async (_, body, expected) => {
    const end = Number(expected.split('-')[1]);
    expect(await summaries(handling(`${body} await pool.end(); process.exit(0);`))).toEqual([
      `docker stop: drain 0-5000, cleanup ${expected}, slack ${end}-10000; SIGKILL 10000: fits`,
    ]);
  });

  test('a forced exit that comes after SIGKILL is an overrun, and said to come too late', async () => {
    const [timeline] = await timelines(
      handling(`setTimeout(() => process.exit(1), 30_000); ${wait} process.exit(0);`),
    );
    expect(summary(timeline!)).toBe(
      'docker stop: drain 0-5000, cleanup 5000-30000, overrun 10000-30000; SIGKILL 10000: fits',
    );
    expect(timeline!.verdict.text).toContain('the forced exit would come 20 s after SIGKILL');
  });

  test('without a drain, a forced exit is all that is known', async () => {
    const body = 'setTimeout(() => process.exit(1), 9_000); listener.close(() => process.exit(0));';
    expect(await summaries(handling(body))).toEqual([
      'docker stop: shutdown 0-9000, slack 9000-10000; SIGKILL 10000: tight',
    ]);
  });
});

test('a forced exit that fits does not make up for calls that are dropped', async () => {
  const body = 'setTimeout(() => process.exit(1), 3_000); process.exit(0);';
  expect(await summaries(handling(body))).toEqual([
    'docker stop: shutdown 0-3000, slack 3000-10000; SIGKILL 10000: no-drain',
  ]);
});

test('a wait behind the end of the calls is no drain, but a part of shutting down', async () => {
  const files = handling(`for (const transport of transports) await transport.close();
  await Promise.race([sdk.shutdown(), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  process.exit(0);`);
  const withSessions = files['src/index.ts']!.replace(
    'let calls = 0;',
    'let calls = 0;\nconst transports = new Set<StreamableHTTPServerTransport>();',
  ).replace('await server.connect', 'transports.add(transport);\n  await server.connect');
  expect(await summaries({ 'src/index.ts': withSessions })).toEqual([
    'docker stop: shutdown 0-3000, slack 3000-10000; SIGKILL 10000: no-drain',
  ]);
});

describe('where no number says how long it takes', () => {
  test.each([
    ['exits at once', 'process.exit(0);', 'slack 0-10000; SIGKILL 10000: no-drain'],
    ['never ends', "console.log('stopping');", 'hang 0-10000; SIGKILL 10000: hangs'],
    [
      'waits without a limit',
      'while (calls > 0) await new Promise((resolve) => setTimeout(resolve, 50)); process.exit(0);',
      'unknown 0-10000; SIGKILL 10000: unknown',
    ],
  ])('a handler that %s', async (_, body, expected) => {
    expect(await summaries(handling(body))).toEqual([`docker stop: ${expected}`]);
  });

  test('a server that listens to nothing, alone and as the first process of a container', async () => {
    const [deaf = ''] = drainingServer.split('process.on');
    expect(await summaries({ 'src/index.ts': deaf })).toEqual([
      'docker stop: slack 0-10000; SIGKILL 10000: no-drain',
    ]);
    expect(await summaries({ 'src/index.ts': deaf, Dockerfile: dockerfile })).toEqual([
      'docker stop: hang 0-10000; SIGKILL 10000: hangs',
    ]);
  });
});

describe('a deployment', () => {
  test.each([
    [
      'too long a drain',
      { 'k8s/app.yaml': kubernetes },
      'Kubernetes: preStop 0-5000, drain 5000-35000, overrun 30000-35000; SIGKILL 30000: cut',
    ],
    [
      'hardly any time',
      { 'compose.yaml': compose.replace('12s', '8s') },
      'Compose: drain 0-5000, slack 5000-8000; SIGKILL 8000: tight',
    ],
    [
      'an exact fit',
      { 'compose.yaml': compose.replace('12s', '5s') },
      'Compose: drain 0-5000; SIGKILL 5000: tight',
    ],
    [
      'a period that is not known',
      { 'compose.yaml': compose.replace('12s', '$PERIOD') },
      'Compose: drain 0-5000; SIGKILL undefined: unknown',
    ],
  ])('with %s', async (_, files, expected) => {
    expect(await summaries({ Dockerfile: dockerfile, ...files })).toEqual([expected]);
  });

  test('whose shell keeps the signal leaves only SIGKILL, however good the handler is', async () => {
    const shellForm = dockerfile.replace('["node", "src/index.ts"]', 'node src/index.ts');
    const [timeline] = await timelines({ Dockerfile: shellForm, 'compose.yaml': compose });
    expect(summary(timeline!)).toBe('Compose: hang 0-12000; SIGKILL 12000: hangs');
    expect(timeline!.segments[0]!.sources[0]).toMatchObject({ text: 'CMD', at: { path: '/w/Dockerfile' } });
  });

  const withScript = manifest.replace('"main"', '"scripts": { "start": "node src/index.ts" }, "main"');
  const withNpm = dockerfile.replace('["node", "src/index.ts"]', '["npm", "start"]');

  test.each([
    ['keeps the signal leaves only SIGKILL', 'node:20.5-slim', 'hang 0-10000; SIGKILL 10000: hangs'],
    ['ends before the server drops the calls', 'node:22-slim', 'slack 0-10000; SIGKILL 10000: no-drain'],
  ])('whose package manager %s', async (_, image, expected) => {
    const files = { 'package.json': withScript, Dockerfile: withNpm.replace('node:22-slim', image) };
    expect(await summaries(files)).toEqual([`docker stop: ${expected}`]);
  });

  test.each([
    [
      'a shell',
      'command: sh -c "node src/index.ts; true"',
      'hang 0-12000; SIGKILL 12000: hangs',
      'start command',
    ],
    [
      'a shell as entrypoint',
      'entrypoint: ["sh", "-c", "node src/index.ts"]',
      'hang 0-12000; SIGKILL 12000: hangs',
      'start command',
    ],
    [
      'a shell behind an init',
      'command: sh -c "node src/index.ts; true"\n    init: true',
      'slack 0-12000; SIGKILL 12000: no-drain',
      'start command',
    ],
    ['a package manager', 'command: npm start', 'slack 0-12000; SIGKILL 12000: no-drain', 'start command'],
    ['a script', 'command: ["./start.sh"]', 'hang 0-12000; SIGKILL 12000: hangs', 'start script'],
    [
      'a script that does not wait',
      'command: ["./wait.sh"]',
      'slack 0-12000; SIGKILL 12000: no-drain',
      'start script',
    ],
    [
      'nothing in between',
      'command: ["node", "src/index.ts"]',
      'drain 0-5000, slack 5000-12000; SIGKILL 12000: fits',
      'default of DRAIN_TIMEOUT_MS',
    ],
  ])('with a command of its own, through %s', async (_, command, expected, source) => {
    const [timeline] = await timelines({
      'package.json': withScript,
      'start.sh': '#!/bin/sh\nnode src/index.ts\n',
      'wait.sh': '#!/bin/sh\nnode src/index.ts &\nPID=$!\ntrap "kill -TERM $PID" TERM\nwait $PID\n',
      // What the image itself would start does not matter then.
      Dockerfile: dockerfile.replace('CMD ["node", "src/index.ts"]', 'CMD node src/index.ts | tee log'),
      'compose.yaml': `${compose}    ${command}\n`,
    });
    expect(summary(timeline!)).toBe(`Compose: ${expected}`);
    expect(timeline!.segments[0]!.sources[0]).toMatchObject({ text: source });
  });

  test('with a delay that is no part of the period puts SIGKILL off', async () => {
    const job = `job "a" {
  group "g" {
    shutdown_delay = "4s"
    task "notes" {
      driver = "docker"
      config { image = "notes-mcp" }
      kill_timeout = "12s"
    }
  }
}
`;
    const [timeline] = await timelines({ Dockerfile: dockerfile, 'notes.nomad.hcl': job });
    expect(summary(timeline!)).toBe(
      'Nomad: preStop 0-4000, drain 4000-9000, slack 9000-16000; SIGKILL 16000: fits',
    );
    expect(timeline!.segments[0]!.sources[0]).toMatchObject({ text: 'shutdown_delay' });
  });

  test('with STOPSIGNAL SIGKILL gives no time at all', async () => {
    const [timeline] = await timelines({ Dockerfile: `${dockerfile}STOPSIGNAL SIGKILL\n` });
    expect(summary(timeline!)).toBe('docker stop: slack 0-10000; SIGKILL 10000: no-drain');
    expect(timeline!.verdict.text).toBe(
      'Nothing can handle SIGKILL: it ends the process at once, with the tool calls in flight.',
    );
  });
});

test('what a handler registers for the second signal says nothing of the first', async () => {
  const body = `setTimeout(() => process.on('SIGTERM', () => process.exit(130)), 1_000); ${wait} process.exit(0);`;
  expect(await summaries(handling(body))).toEqual([
    'docker stop: drain 0-5000, slack 5000-10000; SIGKILL 10000: fits',
  ]);
});
