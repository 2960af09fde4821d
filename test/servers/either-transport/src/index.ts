#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { runHttp } from './http.js';
import { runStdio } from './stdio.js';

const { values } = parseArgs({ options: { transport: { type: 'string', default: 'stdio' }, port: { type: 'string', default: '8080' } } });

if (values.transport === 'http') {
  await runHttp(Number(values.port));
} else {
  await runStdio();
}
