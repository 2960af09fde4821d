import { type ChildProcess, spawn } from 'node:child_process';

export class Runner {
  private process: ChildProcess | undefined;

  /** Runs a command and waits for it; a second call ends the first. */
  async run(command: string): Promise<string> {
    this.process?.kill('SIGTERM');
    this.process = spawn(command, { shell: true });
    let output = '';
    this.process.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    return new Promise((resolve, reject) => {
      this.process?.once('exit', (_code, signal) => {
        if (signal === 'SIGTERM') reject(new Error('ended'));
        else resolve(output);
      });
      this.process?.once('SIGTERM', () => reject(new Error('never happens')));
    });
  }
}
