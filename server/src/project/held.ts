import type { CallExpr, Program } from './program.ts';
import type { Values } from './values.ts';

/** Something that an abrupt exit loses or leaves open. */
export interface HeldResource {
  /** In a reader's words: "PostgreSQL pool". */
  readonly what: string;
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
  /** How it is released, with `x` for the object; `undefined` where that takes more than one call. */
  readonly release: string | undefined;
}

/** Package, what of it is called or made, what a reader calls it, and how it is released. */
const openers: readonly (readonly [module: RegExp, member: RegExp, what: string, release?: string])[] = [
  [/^pg$/, /^(Pool|Client)\(\)$/, 'PostgreSQL connection pool', 'x.end()'],
  [/^postgres$/, /^\(\)$/, 'PostgreSQL connection pool', 'x.end()'],
  [/^mysql2?(\/promise)?$/, /^create(Pool|Connection)\(\)$/, 'MySQL connection pool', 'x.end()'],
  [/^mongodb$/, /^MongoClient\(\)$/, 'MongoDB client', 'x.close()'],
  [/^mongoose$/, /^connect\(\)$/, 'MongoDB connection'],
  [/^ioredis$/, /^(Redis)?\(\)$/, 'Redis client', 'x.quit()'],
  [/^redis$/, /^createClient\(\)$/, 'Redis client', 'x.quit()'],
  [/^better-sqlite3$/, /^\(\)$/, 'SQLite database', 'x.close()'],
  [/^@prisma\/client$/, /^PrismaClient\(\)$/, 'Prisma client', 'x.$disconnect()'],
  [/^playwright(-core)?$/, /\.launch(PersistentContext)?\(\)$/, 'browser', 'x.close()'],
  [/^puppeteer(-core)?$/, /(^|\.)launch\(\)$/, 'browser', 'x.close()'],
  [/^chokidar$/, /^watch\(\)$/, 'file watcher', 'x.close()'],
  [/^child_process$/, /^(spawn|fork)\(\)$/, 'child process'],
  [/^worker_threads$/, /^Worker\(\)$/, 'worker thread', 'x.terminate()'],
  [/^fs$/, /^createWriteStream\(\)$/, 'file stream that is still being written'],
  [/^winston$/, /^transports\.(File|DailyRotateFile)\(\)$/, 'log file that is still being written'],
];

/** What the calls of one function open. */
export function heldIn(path: string, fn: number, program: Program, values: Values): HeldResource[] {
  return program.callsIn(path, fn).flatMap((call): HeldResource[] => {
    for (const value of values.of(call, path, fn)) {
      if (value.kind !== 'foreign' || value.made?.expr !== call) continue;
      const row = openers.find(([module, member]) => module.test(value.module) && member.test(value.member));
      if (row) return [{ what: row[2], path, fn, call, release: row[3] }];
    }
    return [];
  });
}
