import { connect as open } from 'node:tls';

export async function connect(): Promise<string> {
  const socket = open(5000, 'dyno.example');
  const interrupt = () => socket.destroy();
  process.once('SIGINT', interrupt);
  try {
    return await new Promise((resolve) => socket.on('data', (data) => resolve(String(data))));
  } finally {
    process.off('SIGINT', interrupt);
  }
}
