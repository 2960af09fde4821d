import { app, BrowserWindow } from 'electron';
import { listen } from './mcp.js';

app.whenReady().then(() => {
  const listener = listen();
  new BrowserWindow();
  // Electron quits on SIGTERM, and asks here first.
  app.on('before-quit', () => listener.close());
});
