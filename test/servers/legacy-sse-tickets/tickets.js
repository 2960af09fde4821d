const { z } = require('zod');
const { pool } = require('./database');

exports.register = (server) => {
  server.tool('close_ticket', { id: z.number() }, async ({ id }) => {
    const connection = await pool.getConnection();
    try {
      await connection.beginTransaction();
      await connection.execute('UPDATE tickets SET state = ? WHERE id = ?', ['closed', id]);
      await connection.execute('INSERT INTO history (ticket, what) VALUES (?, ?)', [id, 'closed']);
      await connection.commit();
      return { content: [{ type: 'text', text: `Ticket ${id} is closed` }] };
    } catch (error) {
      await connection.rollback();
      return { isError: true, content: [{ type: 'text', text: String(error) }] };
    } finally {
      connection.release();
    }
  });
};
