import winston from 'winston';

class AuditTrail {
  private readonly log = winston.createLogger({
    transports: [new winston.transports.File({ filename: 'audit.log' })],
  });

  record(tool: string): void {
    this.log.info('called', { tool });
  }
}

export const trail = new AuditTrail();
