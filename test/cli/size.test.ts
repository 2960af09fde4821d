import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { tempFolder } from '../support/tempFolder.ts';

function record(tool: string, duration_ms: number): string {
  return `${JSON.stringify({ level: 30, msg: 'tool call', tool, duration_ms })}\n`;
}

/** 110 calls: searches that take 1 to 100 ms, and exports that take 1.5 to 15 s. */
const searches = Array.from({ length: 100 }, (_, index) => record('search', index + 1)).join('');
const exports = Array.from({ length: 10 }, (_, index) => record('export', (index + 1) * 1_500)).join('');
const log = `server is listening\n${searches}{"msg":"hello"}\n${exports}`;

test('the distribution, the suggestion and what was left out', async () => {
  const folder = tempFolder({ 'app.log': log });
  const { code, output, errors } = await runCli(folder, ['size', 'app.log']);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  expect(output).toBe(
    [
      '110 tool calls, by the field "duration_ms" in milliseconds',
      '',
      '        Calls    P50     P90     P99  Longest',
      'all       110  55 ms   99 ms  13.5 s     15 s',
      'export     10  7.5 s  13.5 s    15 s     15 s',
      'search    100  50 ms   90 ms   99 ms   100 ms',
      '',
      'up to 1 ms     1    0.9 %  █',
      'up to 10 ms    9    8.2 %  ████',
      'up to 100 ms  90   81.8 %  ████████████████████████████████████████',
      'up to 1 s      0    0.0 %',
      'up to 10 s     6    5.5 %  ███',
      'up to 100 s    4    3.6 %  ██',
      '',
      'Suggested: P99 13.5 s + 5 s',
      '  DRAIN_TIMEOUT_MS=18500',
      '  with a grace period of 24 s (drain + 5 s, and the seconds of a preStop hook on top):',
      '    Compose     stop_grace_period: 24s',
      '    Kubernetes  terminationGracePeriodSeconds: 24',
      '',
      'Left out of 112 lines: 1 not JSON, 1 without "duration_ms".',
      '',
    ].join('\n'),
  );
});

test('several logs, packed ones too, are read as one', async () => {
  const folder = tempFolder({ 'new.log': searches, 'old.log.gz': gzipSync(exports) });
  const { output } = await runCli(folder, ['size', 'new.log', 'old.log.gz']);
  expect(output).toContain('110 tool calls');
  expect(output).toContain('DRAIN_TIMEOUT_MS=18500');
});

test('few calls and calls that would be cut off are warned about', async () => {
  const few = await runCli(tempFolder({ 'app.log': record('search', 10) }), ['size', 'app.log']);
  expect(few.output).toContain('Warning: Only 1 call: ');
  const slow = searches.repeat(3) + record('export', 90_000);
  const { output } = await runCli(tempFolder({ 'app.log': slow }), ['size', 'app.log']);
  expect(output).toContain('Warning: 1 call took longer than 5.1 s and would be cut off.');
  expect(output).not.toContain('Only');
});

test('another field, its unit and a condition', async () => {
  const line = (event: string, seconds: number) =>
    `${JSON.stringify({ event, call: { latency: seconds } })}\n`;
  const folder = tempFolder({ 'app.log': line('tool', 2) + line('http', 9) });
  const argv = ['size', 'app.log', '--field', 'call.latency', '--unit', 's', '--where', 'event=tool'];
  const { output } = await runCli(folder, argv);
  expect(output).toContain('1 tool call, by the field "call.latency" in seconds');
  expect(output).toContain('DRAIN_TIMEOUT_MS=7000');
  expect(output).toContain('Left out of 2 lines: 1 without "call.latency" or event=tool.');
});

test('JSON', async () => {
  const folder = tempFolder({ 'app.log': searches });
  const { code, output } = await runCli(folder, ['size', 'app.log', '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    version: 1,
    tool: { name: 'mcp-shutdown', version: '1.2.3' },
    field: 'duration_ms',
    unit: 'ms',
    calls: { count: 100, p50: 50, p90: 90, p99: 99, max: 100 },
    tools: [{ name: 'search', count: 100, p99: 99 }],
    suggestion: { drainTimeoutMs: 5_099, gracePeriodSeconds: 11, longerCalls: 0 },
    warnings: [],
    lines: { total: 100, notJson: 0, passedOver: 0, invalid: 0 },
  });
});

test.each([
  ['{"took_ms":3}\n', 'No record has a duration in "duration_ms". Fields that look like one: took_ms.'],
  ['plain text\n', 'No line of the log is JSON: only structured logs can be read.'],
  ['', 'The log is empty.'],
])('a log without calls (%j) says what is missing, the exit code is 1', async (text, message) => {
  const folder = tempFolder({ 'app.log': text });
  const { code, output } = await runCli(folder, ['size', 'app.log']);
  expect(output.split('\n')[0]).toBe(message);
  expect(code).toBe(1);
  const json = await runCli(folder, ['size', 'app.log', '--format', 'json']);
  expect(JSON.parse(json.output)).toMatchObject({ suggestion: null, warnings: [message] });
});

test('a tool name cannot steer the terminal', async () => {
  const folder = tempFolder({ 'app.log': record('\u001B[31mred\nand long', 1) });
  const { output } = await runCli(folder, ['size', 'app.log']);
  expect(output).toContain('\uFFFD[31mred and long');
  expect(output).not.toContain('\u001B');
});

test('a bar shows on a terminal how far it is, and goes', async () => {
  const folder = tempFolder({ 'app.log': log.repeat(50) });
  const { errors } = await runCli(folder, ['size', 'app.log'], [], { isErrorTTY: true });
  const states = errors.split('\r');
  expect(states).toContain(`Reading: [${'#'.repeat(30)}] 100 %`);
  expect(states.at(-1)).toBe('');
  expect(states.at(-2)).toMatch(/^ +$/);
});

test.each([
  [['size'], 'size needs a log, or "-" for standard input.'],
  [['size', 'none.log'], /^There is no file ".*none\.log"\.$/],
  [['size', '.'], /^".*" is a folder, not a log\.$/],
  [['size', 'app.log', '--unit', 'h'], '--unit must be one of ms, s, not "h".'],
  [['size', 'app.log', '--where', 'tool'], '--where takes FIELD=VALUE, not "tool".'],
  [['size', 'app.log', '--format', 'sarif'], '--format must be one of text, json, not "sarif".'],
  [['size', 'broken.gz'], /^".*broken\.gz" cannot be read: Z_DATA_ERROR\.$/],
])('%j cannot run', async (argv, message) => {
  const folder = tempFolder({ 'app.log': log, 'broken.gz': 'no archive' });
  const { code, output, errors } = await runCli(folder, argv);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors.replace(/^mcp-shutdown: |\n$/g, '')).toMatch(message);
});
