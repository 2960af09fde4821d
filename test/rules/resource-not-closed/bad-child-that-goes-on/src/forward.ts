import { spawn } from 'node:child_process';

/** Answers as soon as the port is open; the child forwards from then on. */
export function forward(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('kubectl', args);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Forwarding from')) resolve(`Forwarding, process ${child.pid}.`);
    });
    child.on('error', (error) => reject(error));
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(`kubectl ended with ${code}`));
    });
    setTimeout(() => reject(new Error('No port was opened.')), 5_000);
  });
}
