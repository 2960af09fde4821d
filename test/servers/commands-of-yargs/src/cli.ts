import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { runCommand } from './run.js';
import { watchCommand } from './watch.js';

yargs(hideBin(process.argv)).command(runCommand).command(watchCommand).demandCommand(1).strict().parse();
