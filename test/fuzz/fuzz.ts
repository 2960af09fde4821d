// npm run fuzz: tries the product on broken and hostile texts until the time is over, and says what broke.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Inputs } from './inputs.ts';
import { readInput, saveInput, signatureOf } from './report.ts';
import { readSeeds } from './seeds.ts';
import { serve } from './worker.ts';
import { WorkerProcess } from './workerProcess.ts';

const usage = `npm run fuzz -- [options]
  --seed N         The inputs depend on it and on the fixtures alone (default: another one each time).
  --seconds N      Stop after this time (default: 60).
  --count N        Stop after this many inputs.
  --only K         Only input K of the seed.
  --replay FOLDER  Only the input that an earlier run saved there.
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    count: { type: 'string' },
    only: { type: 'string' },
    replay: { type: 'string' },
    worker: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

/** How often one defect is saved. */
const maxSaved = 2;

async function main(): Promise<void> {
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  const inputs = new Inputs(readSeeds(process.cwd()), seed);
  if (values.worker) return serve((index) => (values.replay ? readInput(values.replay) : inputs.make(index)));
  if (values.help) return void process.stdout.write(usage);
  console.log(values.replay ? `replaying ${values.replay}` : `seed ${seed}`);

  const first = Number(values.only ?? 0);
  const isOne = values.only !== undefined || values.replay !== undefined;
  const count = isOne ? 1 : Number(values.count ?? Number.POSITIVE_INFINITY);
  const end = Date.now() + Number(values.seconds) * 1000;
  const worker = new WorkerProcess(process.argv[1] as string, [
    ...['--worker', '--seed', String(seed)],
    ...(values.replay ? ['--replay', resolve(values.replay)] : []),
  ]);
  const seen = new Map<string, number>();
  const sum = { findings: 0, fixes: 0 };
  let index = first;
  for (; index < first + count && (isOne || Date.now() < end); index += 1) {
    const { problems, findings, fixes } = await worker.run(index);
    sum.findings += findings;
    sum.fixes += fixes;
    if (problems.length === 0) continue;
    const news = problems.filter((problem) => (seen.get(signatureOf(problem)) ?? 0) < maxSaved);
    for (const signature of new Set(problems.map(signatureOf))) {
      seen.set(signature, (seen.get(signature) ?? 0) + 1);
    }
    if (news.length === 0) continue;
    const input = values.replay ? readInput(values.replay) : inputs.make(index);
    const folder = values.replay ?? join('out/fuzz', `${seed}-${index}`);
    if (!values.replay) saveInput(folder, input, problems);
    console.log(`\ninput ${index} (${input.description})\n${news.join('\n')}`);
    console.log(`again: npm run fuzz -- --seed ${seed} --only ${index}, or --replay ${folder}`);
  }
  worker.stop();
  console.log(`\nseed ${seed}: ${index - first} inputs, ${sum.findings} findings, ${sum.fixes} fixes tried`);
  console.log(`${seen.size} kinds of problems`);
  for (const [signature, times] of seen) console.log(`  ${times} x ${signature}`);
  process.exitCode = seen.size > 0 ? 1 : 0;
}

await main();
