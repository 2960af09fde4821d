import { describe, expect, test } from 'vitest';
import { isReleasedBy, releasesAt } from '../../server/src/project/resources/releases.ts';
import { openedIn, programOf } from '../support/program.ts';

/** What some files open: the row, how long it is kept, and the functions that release it. */
function held(files: string | Record<string, string>): string[] {
  const { program, values } = programOf(typeof files === 'string' ? { 'a.ts': files } : files);
  return openedIn(program, values).map((resource) => {
    const releasers = [...program.files].flatMap(([path, { functions }]) =>
      functions.flatMap(({ id, name }) =>
        program
          .callsIn(path, id)
          .filter((call) => releasesAt(call, path, id, values).some((one) => isReleasedBy(resource, one)))
          .map(() => name || 'the file'),
      ),
    );
    return [resource.row.id, resource.lifetime, ...new Set(releasers)].join(' ');
  });
}

describe('how long something is kept', () => {
  test('by a class that is made once, in its constructor, a field or lazily', () => {
    const text = `
      import Redis from 'ioredis';
      import { createClient } from 'redis';
      class Stores {
        private cache = new Redis();
        private bus?: ReturnType<typeof createClient>;
        getBus() { return (this.bus ??= createClient()); }
        async dispose() { await this.cache.quit(); await this.bus?.close(); }
      }
      export const stores = new Stores();
    `;
    expect(held(text)).toEqual(['ioredis process dispose', 'redis process dispose']);
  });

  test('by a class that is made for each call', () => {
    const text = `
      import { Client } from 'pg';
      class Connection {
        private client = new Client();
        query(text: string) { return this.client.query(text); }
        close() { return this.client.end(); }
      }
      export async function handle() {
        const connection = new Connection();
        try { return await connection.query('select 1'); } finally { await connection.close(); }
      }
      server.tool('query', handle);
    `;
    expect(held(text)).toEqual(['pg-client call close']);
  });

  test('by a map that outlives the call, inside an object that a factory gave', () => {
    const text = `
      import puppeteer from 'puppeteer';
      const sessions = new Map();
      async function open() { const browser = await puppeteer.launch(); return { browser, at: Date.now() }; }
      server.tool('open', async ({ id }) => { sessions.set(id, await open()); });
      async function closeAll() { for (const { browser } of sessions.values()) await browser.close(); }
    `;
    expect(held(text)).toEqual(['puppeteer process closeAll']);
  });

  test('by the server object of a session', () => {
    const text = `
      import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
      import { Worker } from 'node:worker_threads';
      class Jobs { private readonly worker = new Worker('./job.js'); }
      app.post('/mcp', async (request, response) => {
        const server = new McpServer({ name: 'a', version: '1' });
        const jobs = new Jobs();
        server.registerTool('run', {}, () => jobs.run());
      });
    `;
    expect(held(text)).toEqual(['worker-thread session']);
  });

  test('of a command at the start: until it is done', () => {
    const text = `
      import { spawn } from 'node:child_process';
      import Database from 'better-sqlite3';
      async function main() {
        await new Promise((resolve) => { const child = spawn('git', ['gc']); child.on('exit', resolve); });
        const old = new Database('old.db');
        old.exec('vacuum');
        old.close();
        const db = new Database('app.db');
        serve(db);
      }
      main();
    `;
    expect(held(text)).toEqual(['better-sqlite3 call main', 'better-sqlite3 process', 'child-process call']);
  });

  test('a parameter of a constructor, made by the caller', () => {
    const text = `
      import { MongoClient } from 'mongodb';
      class Repository {
        constructor(private readonly client: MongoClient) {}
        close() { return this.client.close(); }
      }
      const repository = new Repository(new MongoClient('mongodb://localhost'));
    `;
    expect(held(text)).toEqual(['mongodb process close']);
  });
});

describe('what is opened', () => {
  test('only by calls that open something of their own', () => {
    const text = `
      import { spawn } from 'node:child_process';
      import { drizzle } from 'drizzle-orm/node-postgres';
      import { Pool } from 'pg';
      const pool = new Pool();
      export const db = drizzle(pool);
      export const other = drizzle({ client: pool });
      spawn('updater', [], { detached: true }).unref();
    `;
    expect(held(text)).toEqual(['pg process']);
  });

  test('and ended with what it was given to', () => {
    const text = `
      import { Kysely, PostgresDialect } from 'kysely';
      import { Pool } from 'pg';
      const pool = new Pool();
      const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
      const lazy = new Kysely({ dialect: new PostgresDialect({ pool: async () => new Pool() }) });
      function stop() { return db.destroy(); }
    `;
    expect(held(text)).toEqual(['pg process stop', 'pg process']);
  });

  test('two of a kind are told apart', () => {
    const text = `
      import { Pool } from 'pg';
      const reading = new Pool();
      const writing = new Pool();
      function stopReading() { return reading.end(); }
      function stopWriting() { return Promise.all([writing].map((pool) => pool.end())); }
    `;
    expect(held(text)).toEqual(['pg process stopReading', 'pg process the file']);
  });

  test('a logger made by a function has files that another function makes', () => {
    const files = {
      'transports.ts': `
        import winston from 'winston';
        export const file = (filename: string) => new winston.transports.File({ filename });
      `,
      'log.ts': `
        import winston from 'winston';
        import { file } from './transports.js';
        export const log = winston.createLogger({ transports: [file('a.log')] });
        export function stop() { log.once('finish', console.error).end(); }
      `,
    };
    expect(held(files)).toEqual(['winston-file process stop']);
  });

  test('a timer that does not keep the process up', () => {
    const { program, values } = programOf({
      'a.ts': 'setInterval(f, 1); setInterval(f, 2).unref(); const t = setInterval(f, 3); t.unref();',
    });
    expect(openedIn(program, values).map(({ keepsAlive }) => keepsAlive)).toEqual([true, false, false]);
  });

  test('half-typed and circular code neither crash nor hang', () => {
    expect(held('import { Pool } from "pg"; const pool = new Pool({ ')).toEqual(['pg process']);
    expect(held('const a = b; const b = a; class A extends B {} class B extends A {} new A(a);')).toEqual([]);
    expect(
      held(
        'import { Pool } from "pg"; function f() { return g(new Pool()); } function g(x) { return f(x); } f();',
      ),
    ).toEqual(['pg process']);
  });
});
