import { spawn } from 'node:child_process';

/** Answers with what the child has printed when it has ended. */
export function forward(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', args);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', (error) => reject(error));
    child.on('close', () => resolve(output));
  });
}
