import pg from 'pg';

export const database = new pg.Pool({ max: 4, statement_timeout: 20_000 });
