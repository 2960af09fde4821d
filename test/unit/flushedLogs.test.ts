import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../server/src/engine/check.ts';
import { fixesOf } from '../../server/src/engine/fixAll.ts';
import { auditLogNotFlushed } from '../../server/src/rules/audit-log-not-flushed.ts';
import { applyFixIn, linesIn, projectIn, serverIn } from '../support/flushedServers.ts';
import { realPackages } from '../support/realPackages.ts';
import { runAndStop } from '../support/runAndStop.ts';

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

  // Until its file is open, pino's own flush at the exit throws ("sonic boom is not ready yet").
  const whenOpen = "await once(file, 'ready');\n";
  test.each([
    [
      'a destination that buffers',
      `const file = pino.destination({ dest: 'audit.log', sync: false, minLength: 4_096 });\n${whenOpen}`,
      'pino(file)',
    ],
    ['a worker', '', "pino(pino.transport({ target: 'pino/file', options: { destination: 'audit.log' } }))"],
    [
      'several streams',
      `const file = pino.destination({ dest: 'audit.log', sync: false });\n${whenOpen}`,
      'pino({}, pino.multistream([{ stream: file }]))',
    ],
    [
      'a worker that gathers',
      '',
      "pino({ transport: { targets: [{ target: new URL('gather.js', import.meta.url).href }] } })",
    ],
  ])('pino with %s needs no fix, and loses no line', async (_, before, made) => {
    const folder = serverIn(
      `import { once } from 'node:events';\nimport { pino } from 'pino';\n${before}const audit = ${made};\n`,
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
