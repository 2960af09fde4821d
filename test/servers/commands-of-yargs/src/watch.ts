import { spawn } from 'node:child_process';
import type { CommandModule } from 'yargs';

export const watchCommand: CommandModule = {
  command: 'watch',
  describe: 'Serve, and start anew when a file changes',
  handler: async () => {
    const child = spawn(process.execPath, [process.argv[1] ?? '', 'run'], { stdio: 'inherit' });
    process.on('SIGTERM', () => {
      child.kill();
      process.exit(0);
    });
  },
};
