import { afterEach, describe, expect, it } from 'vitest';
import { timelinesRequest } from '../../server/src/lsp/protocol.ts';
import type { TimelineView } from '../../server/src/timeline/view.ts';
import { kubernetes, timelineFiles } from '../support/timelineProject.ts';
import { type ClientOptions, TestClient } from './testClient.ts';

const files = Object.fromEntries(
  Object.entries(timelineFiles).map(([path, text]) => [`/repo/${path}`, text]),
);
const [server, manifest, compose] = ['src/index.ts', 'k8s/app.yaml', 'compose.yaml'].map(
  (path) => `file:///repo/${path}`,
) as [string, string, string];

let client: TestClient;
afterEach(() => client.dispose());

async function start(options: ClientOptions = {}): Promise<void> {
  client = await TestClient.start({ files, ...options });
  await client.open(server);
  await client.open(manifest, undefined, 'yaml');
  await client.open(compose, undefined, 'yaml');
}

async function hoverText(uri: string, marker: string): Promise<string> {
  const hover = await client.hover(uri, marker);
  return (hover?.contents as { value: string } | undefined)?.value ?? '';
}

const fitting = [
  '**notes-mcp: Compose "notes": fits.** The drain ends 7 s before SIGKILL.',
  '',
  '```text',
  '██████████████····················┃',
  '0 s           5 s              12 s',
  '```',
  '',
  '- SIGTERM at 0 s: default of Compose',
  `- \`█\` drain 5 s: default of DRAIN\\_TIMEOUT\\_MS at [src/index.ts:16:61](${server}#L16,61)`,
  '- `·` slack 7 s',
  `- \`┃\` SIGKILL at 12 s: stop\\_grace\\_period at [compose.yaml:4:24](${compose}#L4,24)`,
].join('\n');

describe('a hover shows the budget', () => {
  it('on a grace period', async () => {
    await start();
    expect(await hoverText(compose, '12s')).toBe(fitting);
    const hover = await client.hover(compose, '12s');
    expect(hover?.range).toEqual({ start: { line: 3, character: 23 }, end: { line: 3, character: 26 } });
  });

  it('on a drain timeout in the code, of every deployment', async () => {
    await start();
    const text = await hoverText(server, '5_000');
    expect(text).toContain('notes-mcp: Compose "notes"');
    expect(text).toContain('notes-mcp: Kubernetes "notes"');
  });

  it('on the variable and the preStop that a deployment sets, and on what says nothing of a period', async () => {
    await start({ settings: { rules: { 'grace-period-too-short': 'off' } } });
    for (const marker of ['"30000"', '5}', 'notes\nspec']) {
      const text = await hoverText(manifest, marker);
      expect(text).toContain(
        '**notes-mcp: Kubernetes "notes": too short.** SIGKILL comes 5 s before the drain',
      );
      expect(text).toContain('×××');
      expect(text).not.toContain('Compose');
    }
  });

  it('on the handler of the signal, before what a handler is for', async () => {
    await start({ settings: { rules: { 'missing-sigint-handler': 'off', 'reentrant-shutdown': 'off' } } });
    expect(await hoverText(server, "process.on('SIGTERM'")).toMatch(
      /Compose "notes": fits[\s\S]*---[\s\S]*Shutdown starts here: SIGTERM/,
    );
  });

  it('below a finding', async () => {
    await start();
    expect(await hoverText(manifest, 'notes\nspec')).toMatch(
      /^\*\*grace-period-too-short\*\*[\s\S]*---[\s\S]*Kubernetes "notes": too short/,
    );
  });

  it('without Markdown for clients that know none', async () => {
    await start({ capabilities: {} });
    const text = await hoverText(compose, '12s');
    expect(text).toContain('notes-mcp: Compose "notes": fits. The drain ends');
    expect(text).toContain('\n██████████████····');
    expect(text).toContain('stop_grace_period at compose.yaml:4:24');
    expect(text).not.toMatch(/[*`\\]|file:/);
  });

  it('with a link to all of them for clients that show them', async () => {
    await start({ initializationOptions: { commands: ['mcpShutdown.showTimeline'] } });
    expect(await hoverText(compose, '12s')).toBe(
      `${fitting}\n\n[Show all shutdown timelines](command:mcpShutdown.showTimeline)`,
    );
  });

  it('and nothing elsewhere', async () => {
    await start();
    expect(await client.hover(compose, 'build')).toBeNull();
  });

  it('with names that are no Markdown', async () => {
    const strange = kubernetes.replace('name: notes\nspec', 'name: "```[a](command:b)"\nspec');
    await start({ files: { ...files, '/repo/k8s/app.yaml': strange } });
    const text = await hoverText(manifest, '"```');
    expect(text).toContain('**notes-mcp: Kubernetes "\\`\\`\\`\\[a\\](command:b)": ');
  });
});

describe('the request for all timelines', () => {
  it('gives plain data with addresses, of what the editor holds', async () => {
    await start();
    const before = await client.connection.sendRequest<TimelineView[]>(timelinesRequest);
    expect(before.map(({ stoppedBy, verdict }) => `${stoppedBy} ${verdict.kind}`)).toEqual([
      'Compose fits',
      'Kubernetes cut',
    ]);
    expect(before[0]?.kill).toEqual({
      atMs: 12_000,
      sources: [
        { text: 'stop_grace_period', place: { path: 'compose.yaml', line: 4, column: 24, uri: compose } },
      ],
    });
    const at = client.document(compose).text.indexOf('12s');
    await client.change(compose, at, at + 3, '3s');
    const after = await client.connection.sendRequest<TimelineView[]>(timelinesRequest);
    expect(after[0]?.verdict.kind).toBe('cut');
  });

  it('names the folder where several are open', async () => {
    const two = { ...files, '/other/package.json': '{}' };
    await start({ files: two, folders: ['file:///repo', 'file:///other'] });
    const [first] = await client.connection.sendRequest<TimelineView[]>(timelinesRequest);
    expect(first?.entry).toBe('repo/src/index.ts');
  });
});
