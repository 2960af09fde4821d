export type Shutdown = () => Promise<void>;

process.on('SIGTERM', () => process.exit(0));
