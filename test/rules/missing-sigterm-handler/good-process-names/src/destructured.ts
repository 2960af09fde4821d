import { exit, on } from 'node:process';
import { start, stop } from './server.js';

on('SIGTERM', () => stop().finally(() => exit()));
await start();
