const { Pool } = require('pg');

const pool = new Pool();

module.exports = {
  query: (sql) => pool.query(sql),
};
