import pino from 'pino';

export const log = pino({ name: 'invoices' }, pino.destination(2));
