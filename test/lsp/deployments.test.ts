import { afterEach, describe, expect, it } from 'vitest';
import { dockerfileText, projectFiles, serverText } from './realServer.ts';
import { TestClient } from './testClient.ts';

const source = 'file:///repo/src/index.ts';
const compose = 'file:///repo/compose.yaml';

/** The server with a handler for SIGTERM, which forces the exit after 25 s. */
const stoppable = serverText
  .replace(
    "process.on('SIGINT', shutdown);",
    "process.on('SIGINT', shutdown);\nprocess.on('SIGTERM', shutdown);",
  )
  .replace('9_000', '25_000');

const composeText = `services:
  weather:
    build: . # from here
    ports: ["3000:3000"]
`;

let client: TestClient;
afterEach(() => client.dispose());

async function start(text: string, uri = compose, languageId = 'yaml', settings: object = {}): Promise<void> {
  const files = {
    ...projectFiles,
    '/repo/src/index.ts': stoppable,
    '/repo/Dockerfile': dockerfileText.replace('CMD node dist/index.js', 'CMD ["node", "dist/index.js"]'),
    [uri.replace('file://', '')]: text,
  };
  client = await TestClient.start({ files, settings });
  await client.open(uri, text, languageId);
}

describe('a compose file in the editor', () => {
  it('is told of a grace period that is too short, gets one by the light bulb, and is silent', async () => {
    await start(composeText);
    const [finding, ...more] = (await client.diagnostics(compose)) ?? [];
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'grace-period-too-short', severity: 1 });
    expect(finding?.message).toContain('Forced exit after 25 s + 5 s buffer = 30 s');
    expect(finding?.range).toEqual({ start: { line: 1, character: 2 }, end: { line: 1, character: 9 } });
    const [number] = finding?.relatedInformation ?? [];
    expect(number?.location.uri).toBe(source);
    expect(stoppable.split('\n')[number!.location.range.start.line]).toContain('25_000');

    await client.choose(compose, 'weather', /Set stop_grace_period to 30s/);
    const added = '    # forced exit after 25 s + 5 s buffer\n    stop_grace_period: 30s\n';
    expect(client.document(compose).text).toBe(composeText.replace('    build', `${added}    build`));
    expect(await client.codes(compose)).toEqual([]);
  });

  it('is told of in the code, while only that is open, and mended from there', async () => {
    const files = {
      ...projectFiles,
      '/repo/src/index.ts': stoppable,
      '/repo/Dockerfile': dockerfileText.replace('CMD node dist/index.js', 'CMD ["node", "dist/index.js"]'),
      '/repo/compose.yaml': composeText,
    };
    client = await TestClient.start({ files });
    await client.open(source, stoppable, 'typescript');
    const told = async (uri: string) =>
      (await client.diagnostics(uri))?.filter(({ code }) => code === 'grace-period-too-short') ?? [];
    const [finding, ...more] = await told(source);
    expect(more).toEqual([]);
    expect(finding?.message).toContain('but Compose kills after 10 s');
    expect(stoppable.split('\n')[finding!.range.start.line]).toContain('25_000');
    expect(finding?.relatedInformation).toMatchObject([{ location: { uri: compose } }]);

    await client.open(compose, composeText, 'yaml');
    expect(await told(source)).toEqual([]);
    expect(await told(compose)).toHaveLength(1);
    await client.choose(source, '25_000', /Set stop_grace_period to 30s/);
    expect(client.document(compose).text).toContain('stop_grace_period: 30s');
    expect(await told(compose)).toEqual([]);
  });

  it('is told again when the server in the other document takes longer, and the fix replaces its own', async () => {
    await start(composeText);
    await client.choose(compose, 'weather', /Set stop_grace_period/);
    expect(await client.codes(compose)).toEqual([]);
    await client.open(source);
    const at = stoppable.indexOf('25_000');
    await client.change(source, at, at + '25_000'.length, '40_000');
    expect(await client.codes(compose)).toEqual(['grace-period-too-short']);
    await client.choose(compose, '30s', /Set stop_grace_period to 45s/);
    const { text } = client.document(compose);
    expect(text.match(/#.*/g)).toEqual(['# forced exit after 40 s + 5 s buffer', '# from here']);
    expect(text).toContain('stop_grace_period: 45s');
    expect(await client.codes(compose)).toEqual([]);
  });

  it('is fixed on save where that is safe, a package manager in front of the server, too', async () => {
    const text = `${composeText}    stop_grace_period: 30s\n    command: npm start # as in package.json\n`;
    await start(text);
    expect(await client.codes(compose)).toEqual(['package-manager-as-pid-1']);
    await client.choose(compose, 'command', /safe/, ['source.fixAll']);
    expect(client.document(compose).text).toBe(text.replace('npm start', 'node dist/index.js'));
    expect(await client.codes(compose)).toEqual([]);
  });

  it('is judged by the buffer of the settings', async () => {
    const text = `${composeText}    stop_grace_period: 26s\n`;
    await start(text);
    expect(await client.codes(compose)).toEqual(['grace-period-too-short']);
    await client.dispose();
    await start(text, compose, 'yaml', { shutdown: { bufferMs: 1_000 } });
    expect(await client.codes(compose)).toEqual([]);
  });

  it('is answered at every step while it is typed', async () => {
    await start('');
    for (const [index, character] of [...composeText].entries()) {
      await client.change(compose, index, index, character);
      expect(await client.diagnostics(compose)).toBeDefined();
    }
    expect(await client.codes(compose)).toEqual(['grace-period-too-short']);
    expect(client.logged).toEqual([]);
  });
});

it('fly.toml: the period is set before the tables', async () => {
  const toml = 'file:///repo/fly.toml';
  const text = 'app = "weather"\n\n[http_service]\n  internal_port = 3000\n';
  await start(text, toml, 'toml');
  expect(await client.codes(toml)).toEqual(['grace-period-too-short']);
  await client.choose(toml, 'weather', /Set kill_timeout to 30/);
  const added = '# forced exit after 25 s + 5 s buffer\nkill_timeout = 30\n';
  expect(client.document(toml).text).toBe(text.replace('\n\n', `\n${added}\n`));
  expect(await client.codes(toml)).toEqual([]);
});
