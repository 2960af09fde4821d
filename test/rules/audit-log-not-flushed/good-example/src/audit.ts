import winston from 'winston';

export const audit = winston.createLogger({
  format: winston.format.json(),
  transports: [new winston.transports.File({ filename: 'audit.log' })],
});
