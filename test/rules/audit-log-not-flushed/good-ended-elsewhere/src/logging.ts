import winston from 'winston';

/** The transports are made by a function, so which logger has them is not written in one place. */
function fileTransport(filename: string) {
  return new winston.transports.File({ filename });
}

class Log {
  private readonly logger: winston.Logger;

  constructor() {
    const transports = [fileTransport('server.log')];
    if (process.env.AUDIT) transports.push(fileTransport('audit.log'));
    this.logger = winston.createLogger({ transports });
  }

  info(text: string): void {
    this.logger.info(text);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.logger.once('finish', resolve);
      this.logger.end();
    });
  }
}

export const log = new Log();
