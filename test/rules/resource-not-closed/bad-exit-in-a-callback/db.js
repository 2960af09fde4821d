const { Pool } = require('pg');
const winston = require('winston');

const pool = new Pool();
const audit = winston.createLogger({
  transports: [new winston.transports.File({ filename: 'audit.log' })],
});

module.exports = { pool, audit };
