import type { ResourceRow } from '../row.ts';

const log = {
  kind: 'log',
  step: 'logger',
  settles: 'callback',
  keepsAlive: false,
  atExit: 'loses data',
} as const;

const winstonLogger = {
  modules: ['winston'],
  opens: ['createLogger()', 'loggers.add()'],
  releases: ['x.end()', 'x.close()', 'module.loggers.close()'],
};

/** Loggers and files: what they have buffered is gone with the process. */
export const logs: readonly ResourceRow[] = [
  {
    ...log,
    id: 'winston-file',
    what: 'log file that is still being written',
    modules: ['winston', 'winston-daily-rotate-file'],
    opens: ['transports.File()', 'transports.DailyRotateFile()', '()'],
    releases: ['x.end()', 'x.close()'],
    // on a full disk it is never over
    mayHang: true,
    keeper: winstonLogger,
  },
  {
    ...log,
    id: 'winston-http',
    what: 'log that is sent over the network',
    modules: ['winston'],
    opens: ['transports.Http()'],
    releases: ['x.end()', 'x.close()'],
    endsEarly: true,
    keeper: winstonLogger,
  },
  {
    ...log,
    id: 'pino',
    what: 'log',
    modules: ['pino'],
    opens: ['destination()', 'transport()', '*.destination()', '*.transport()'],
    releases: ['x.flushSync()', 'x.end()', 'x.flush()'],
    settles: 'at once',
    // pino flushes both by itself when the process exits
    atExit: 'nothing',
    keeper: { modules: ['pino'], opens: ['()', 'pino()'], releases: ['x.flush()'] },
  },
  {
    ...log,
    id: 'bunyan-file',
    what: 'log file that is still being written',
    modules: ['bunyan'],
    opens: ['createLogger()', '()'],
    // a logger has no way to end: what it writes to is ended one by one
    releases: ['x.streams.forEach()', 'x.streams[].stream.end()'],
    onlyWith: ['path'],
  },
  {
    id: 'write-stream',
    what: 'file stream that is still being written',
    kind: 'file',
    modules: ['fs'],
    opens: ['createWriteStream()'],
    releases: ['x.end()', 'x.close()', 'x.destroy()'],
    step: 'audit log',
    settles: 'callback',
    keepsAlive: false,
    atExit: 'loses data',
    mayHang: true,
  },
];
