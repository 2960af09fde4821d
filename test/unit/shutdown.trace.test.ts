import { describe, expect, test } from 'vitest';
import { isOverBefore } from '../../server/src/project/shutdown/order.ts';
import type { Line, Step } from '../../server/src/project/shutdown/steps.ts';
import { trace } from '../../server/src/project/shutdown/trace.ts';
import { programOf } from '../support/program.ts';

/** What the function `stop` of a file does, a line of text for each step. */
function stepsOf(text: string, others: Record<string, string> = {}): string[] {
  return stepsIn(text, others).map(({ step, at }) => asText(step, at));
}

function stepsIn(text: string, others: Record<string, string> = {}): { step: Step; at: string }[] {
  const files: Record<string, string> = { 'stop.ts': text, ...others };
  const { program, values } = programOf(files);
  const stop = program.facts('/stop.ts')?.functions.find(({ name }) => name === 'stop');
  return trace({ path: '/stop.ts', fn: stop?.id ?? -1 }, values).steps.map((step) => {
    const { path, expr } = step.spot;
    return { step, at: (files[path.slice(1)] ?? '').slice(expr.start, expr.end).replace(/\s+/g, ' ') };
  });
}

function asText(step: Step, at: string): string {
  const marks = [
    (step.kind === 'call' || step.kind === 'wait') && step.isAwaited ? 'awaited' : '',
    (step.kind === 'call' || step.kind === 'wait') && step.bound && step.kind === 'call'
      ? `limit ${step.bound.ms}`
      : '',
    step.isOnError ? 'on error' : '',
    step.isRepeated ? 'repeated' : '',
    lineOf(step.line),
  ].filter((mark) => mark !== '');
  const kind = step.kind === 'wait' ? step.how : step.kind;
  return [kind, at, ...marks].join(' | ');
}

function lineOf({ starts }: Line): string {
  return starts.how === 'handler' ? '' : starts.how;
}

const head = `import pg from 'pg';\nconst pool = new pg.Pool();\n`;

describe('what is awaited', () => {
  test.each([
    ['await pool.end();', 'call | pool.end() | awaited'],
    ['pool.end();', 'call | pool.end()'],
    ['void pool.end();', 'call | pool.end()'],
    ['return pool.end();', 'call | pool.end() | awaited'],
    ['await (ready ? pool.end() : undefined);', 'call | pool.end() | awaited'],
    ['await Promise.all([pool.end()]);', 'call | pool.end() | awaited'],
    ['const ending = pool.end(); await ending;', 'call | pool.end() | awaited'],
    ['const all = []; all.push(pool.end()); await Promise.allSettled(all);', 'call | pool.end() | awaited'],
    ['await [pool].map((each) => each.end());', 'call | each.end() | awaited | repeated'],
    ['await pool.end().catch(() => {});', 'call | pool.end() | awaited'],
    ['pool.end().catch(() => {});', 'call | pool.end() | awaited | unawaited'],
    ['await new Promise((resolve) => pool.end(resolve));', 'call | pool.end(resolve) | awaited'],
    [
      'await new Promise<void>((resolve, reject) => pool.end((error) => (error ? reject(error) : resolve())));',
      'call | pool.end((error) => (error ? reject(error) : resolve())) | awaited',
    ],
  ])('%s', (body, expected) => {
    expect(stepsOf(`${head}let ready = true;\nasync function stop() { ${body} }`)).toContain(expected);
  });
});

describe('limits', () => {
  test('a race with a timer', () => {
    const steps = stepsOf(
      `${head}const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
       async function stop() { await Promise.race([pool.end(), sleep(2 * 1000)]); }`,
    );
    expect(steps).toContain('call | pool.end() | awaited | limit 2000');
  });

  test('a race of stored promises', () => {
    const steps = stepsOf(
      `${head}async function stop() {
         const work = (async () => { await pool.end(); })();
         const limit = new Promise((done) => setTimeout(done, 300));
         await Promise.race([work, limit]);
       }`,
    );
    expect(steps).toContain('call | pool.end() | awaited | limit 300 | unawaited');
  });

  test('a helper that takes the promise, and one that takes the function', () => {
    const steps = stepsOf(
      `${head}
       async function within(ms: number, work: Promise<unknown>) {
         await Promise.race([work, new Promise((_, fail) => setTimeout(fail, ms))]);
       }
       async function attempt(run: () => Promise<unknown>) { try { await run(); } catch {} }
       async function stop() {
         await within(50, pool.end());
         await attempt(() => cache.quit());
       }`,
    );
    expect(steps).toContain('call | pool.end() | awaited | limit 50');
    expect(steps).toContain('call | cache.quit() | awaited');
  });
});

describe('exits', () => {
  test.each([
    ['process.exit(0);', 'exit | process.exit(0)'],
    ['setTimeout(() => process.exit(1), 10);', 'exit | process.exit(1) | timer'],
    ['setTimeout(process.exit, 10);', 'exit | process.exit | timer'],
    ['pool.end(() => process.exit(0));', 'exit | process.exit(0) | callback'],
    ['pool.end().finally(() => process.exit(0));', 'exit | process.exit(0) | unawaited'],
    ['pool.end().catch(() => process.exit(1));', 'exit | process.exit(1) | on error | unawaited'],
    ['try { await pool.end(); } finally { process.exit(0); }', 'exit | process.exit(0)'],
    ['try { await pool.end(); } catch { process.exit(1); }', 'exit | process.exit(1) | on error'],
    ['leave(3);', 'exit | process.exit(code)'],
    ['process.kill(process.pid, "SIGTERM");', 'exit | process.kill(process.pid, "SIGTERM")'],
  ])('%s', (body, expected) => {
    const text = `${head}function leave(code: number) { process.exit(code); }\nasync function stop() { ${body} }`;
    expect(stepsOf(text)).toContain(expected);
  });

  test('the code of an exit, through a parameter', () => {
    const steps = stepsIn(
      'function leave(code: number) { process.exit(code); }\nasync function stop() { leave(3); }',
    );
    expect(steps.map(({ step }) => step.kind === 'exit' && step.code)).toEqual([3]);
  });
});

describe('waits', () => {
  test.each([
    ['while (running > 0) await sleep(50);', 'poll | running > 0 | awaited'],
    ['await Promise.all([...calls]);', 'promises | Promise.all([...calls]) | awaited'],
    ['await sleep(50);', 'sleep | new Promise((done) => setTimeout(done, ms)) | awaited'],
    [
      'await setTimeout(50);',
      'sleep | setTimeout(50) | awaited',
      `import { setTimeout } from 'node:timers/promises';`,
    ],
    ['for (const one of calls) await one.close();', 'call | one.close() | awaited | repeated'],
  ])('%s', (body, expected, imports = '') => {
    const text = `${imports}const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
      let running = 0; const calls = new Set<any>();
      async function stop() { ${body} }`;
    expect(stepsOf(text)).toContain(expected);
  });

  test('a poll in a promise, by an interval and by a function that arms itself again', () => {
    const steps = stepsOf(`
      let running = 0;
      async function stop() {
        await new Promise<void>((done) => {
          const timer = setInterval(() => { if (running === 0) done(); }, 10);
        });
        await new Promise<void>((done) => {
          const look = () => { if (running < 1) done(); else setTimeout(look, 10); };
          look();
        });
      }`);
    expect(steps.filter((step) => step.startsWith('poll'))).toHaveLength(2);
  });
});

describe('what leads where', () => {
  test('collections, classes and other files', () => {
    const steps = stepsOf(
      `import { Sessions } from './sessions.js';
       const sessions = new Sessions();
       async function stop() { await sessions.closeAll(); }`,
      {
        'sessions.ts': `import { Client } from 'pg';
          export class Sessions {
            private readonly open = new Map<string, { client: Client }>();
            add(id: string) { const client = new Client(); this.open.set(id, { client }); }
            async closeAll() { await Promise.all([...this.open.values()].map(({ client }) => client.end())); }
          }`,
      },
    );
    expect(steps).toEqual(['call | client.end() | awaited | repeated']);
  });

  test('a list of steps is run in its order', () => {
    const steps = stepsOf(`${head}
      async function run(steps: [string, () => Promise<void>][]) {
        for (const [name, step] of steps) { try { await step(); } catch (error) { console.error(name, error); } }
      }
      async function stop() { await run([['pool', () => pool.end()], ['cache', () => cache.quit()]]); }`);
    expect(steps).toEqual(['call | pool.end() | awaited', 'call | cache.quit() | awaited']);
  });

  test('an abort runs what listens to it', () => {
    const steps = stepsOf(`${head}
      const stopping = new AbortController();
      stopping.signal.addEventListener('abort', async () => { await pool.end(); });
      async function stop() { stopping.abort(); }`);
    expect(steps).toContain('call | pool.end() | awaited | unawaited');
  });

  test('functions that call each other come to an end', () => {
    expect(
      stepsOf(
        'async function again() { await stop(); }\nasync function stop() { await again(); process.exit(0); }',
      ),
    ).toEqual(['exit | process.exit(0)']);
  });
});

describe('order', () => {
  const over = (body: string, first: string, second: string) => {
    const steps = stepsIn(`${head}async function stop() { ${body} }`);
    const find = (text: string) => steps.find(({ at }) => at.startsWith(text))!.step;
    return isOverBefore(find(first), find(second));
  };

  test.each([
    ['await pool.end(); process.exit(0);', true],
    ['pool.end(); process.exit(0);', false],
    ['pool.end(() => process.exit(0));', true],
    ['pool.end().then(() => process.exit(0));', true],
    ['const ending = pool.end(); await other(); await ending; process.exit(0);', true],
    ['const work = (async () => { await pool.end(); })(); await work; process.exit(0);', true],
    ['(async () => { await pool.end(); })(); process.exit(0);', false],
    ['await pool.end(); setTimeout(() => process.exit(0), 10);', true],
    ['setTimeout(() => process.exit(0), 10); await pool.end();', false],
  ])('%s', (body, expected) => {
    expect(over(body, 'pool.end', 'process.exit')).toBe(expected);
  });
});
