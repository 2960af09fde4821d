import { Command } from 'commander';
import { rest } from './rest.js';
import { connect } from './server.js';

const program = new Command();
program.command('start').description('Serve MCP over stdio').action(connect);
program.command('rest').description('Serve the same notes over HTTP').action(rest);
program.parse();
