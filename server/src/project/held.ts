import type { CallExpr, Program } from './program.ts';
import type { Values } from './values.ts';

/** Something that an abrupt exit loses or leaves open. */
export interface HeldResource {
  /** In a reader's words: "PostgreSQL pool". */
  readonly what: string;
  readonly path: string;
  readonly call: CallExpr;
}

/** Package, what of it is called or made, and what a reader calls it. */
const openers: readonly (readonly [module: RegExp, member: RegExp, what: string])[] = [
  [/^pg$/, /^(Pool|Client)\(\)$/, 'PostgreSQL connection pool'],
  [/^postgres$/, /^\(\)$/, 'PostgreSQL connection pool'],
  [/^mysql2?(\/promise)?$/, /^create(Pool|Connection)\(\)$/, 'MySQL connection pool'],
  [/^mongodb$/, /^MongoClient\(\)$/, 'MongoDB client'],
  [/^mongoose$/, /^connect\(\)$/, 'MongoDB connection'],
  [/^ioredis$/, /^(Redis)?\(\)$/, 'Redis client'],
  [/^redis$/, /^createClient\(\)$/, 'Redis client'],
  [/^better-sqlite3$/, /^\(\)$/, 'SQLite database'],
  [/^@prisma\/client$/, /^PrismaClient\(\)$/, 'Prisma client'],
  [/^playwright(-core)?$/, /\.launch(PersistentContext)?\(\)$/, 'browser'],
  [/^puppeteer(-core)?$/, /(^|\.)launch\(\)$/, 'browser'],
  [/^chokidar$/, /^watch\(\)$/, 'file watcher'],
  [/^child_process$/, /^(spawn|fork)\(\)$/, 'child process'],
  [/^worker_threads$/, /^Worker\(\)$/, 'worker thread'],
  [/^fs$/, /^createWriteStream\(\)$/, 'file stream that is still being written'],
  [/^winston$/, /^transports\.(File|DailyRotateFile)\(\)$/, 'log file that is still being written'],
];

/** What the calls of one function open. */
export function heldIn(path: string, fn: number, program: Program, values: Values): HeldResource[] {
  return program.callsIn(path, fn).flatMap((call): HeldResource[] => {
    for (const value of values.of(call, path, fn)) {
      if (value.kind !== 'foreign' || value.made?.expr !== call) continue;
      const row = openers.find(([module, member]) => module.test(value.module) && member.test(value.member));
      if (row) return [{ what: row[2], path, call }];
    }
    return [];
  });
}
