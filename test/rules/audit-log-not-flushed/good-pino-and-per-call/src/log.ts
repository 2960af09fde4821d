import pino from 'pino';

export const logger = pino(pino.destination({ dest: 'server.log', sync: false }));
