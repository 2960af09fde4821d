const mode = process.argv.includes('--http') ? 'http' : 'stdio';

const { start } = mode === 'http' ? await import('./http.js') : await import('./stdio.js');
await start();

const { onStop } = await import('./shutdown.js');
onStop(async () => console.error('closing'));
