import Database from 'better-sqlite3';

/** Only the tests close it. */
export function openStore(file: string) {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  return {
    latest: () => String(db.prepare('select text from reports order by id desc').pluck().get()),
    close: () => db.close(),
  };
}
