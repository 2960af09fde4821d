import WebSocket from 'ws';

const pending = new Map();
let socket;
let next = 1;

export function connect(url) {
  socket = new WebSocket(url);
  socket.on('message', (data) => {
    const { id, result } = JSON.parse(data);
    pending.get(id)?.(result);
    pending.delete(id);
  });
  socket.on('close', () => setTimeout(() => connect(url), 1000));
}

export function command(what) {
  return new Promise((resolve) => {
    const id = next++;
    pending.set(id, resolve);
    socket.send(JSON.stringify({ id, ...what }));
  });
}

export function hangUp() {
  socket.removeAllListeners('close');
  socket.close();
}
