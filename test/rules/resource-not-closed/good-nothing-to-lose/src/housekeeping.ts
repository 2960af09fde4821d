import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { Agent, setGlobalDispatcher } from 'undici';

setInterval(() => console.error('alive'), 60_000);
watch('config.json', () => console.error('the configuration has changed'));
setGlobalDispatcher(new Agent({ connections: 8 }));

// Meant to outlive this process.
spawn('updater', [], { detached: true, stdio: 'ignore' }).unref();
