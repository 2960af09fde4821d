import * as winston from 'winston';

export default class Logger {
  static readonly shared = winston.createLogger({ transports: [new winston.transports.File({ filename: 'server.log' })] });
}
