import cron from 'node-cron';
import Logger from './Logger';

export class Cleaner {
  private static _instance?: Cleaner;
  private job?: cron.ScheduledTask;

  static get instance(): Cleaner {
    return (this._instance ??= new Cleaner());
  }

  start(): void {
    this.job = cron.schedule('0 3 * * *', () => Logger.shared.info('cleaning'));
  }

  stop(): void {
    this.job?.stop();
  }
}
