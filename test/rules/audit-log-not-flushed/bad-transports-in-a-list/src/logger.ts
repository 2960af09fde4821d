import winston from 'winston';

const transports: winston.transport[] = [];
if (process.env.LOG_FOLDER) {
  transports.push(new winston.transports.File({ filename: `${process.env.LOG_FOLDER}/errors.log`, level: 'error' }));
  transports.push(new winston.transports.File({ filename: `${process.env.LOG_FOLDER}/all.log` }));
}

export const logger = winston.createLogger({ transports });
