import { connect as open } from 'node:tls';

export function connect(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = open(5000, 'dyno.example');
    socket.on('data', (data) => resolve(String(data)));
    process.once('SIGINT', () => reject(new Error('Interrupted')));
  });
}
