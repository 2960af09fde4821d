const Database = require('better-sqlite3');

const db = new Database('history.db');
db.pragma('journal_mode = WAL');
db.exec('CREATE TABLE IF NOT EXISTS plots (at TEXT, code TEXT)');

module.exports.add = (code) => {
  db.prepare('INSERT INTO plots VALUES (?, ?)').run(new Date().toISOString(), code);
};
