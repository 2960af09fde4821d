import type { Rule } from '../engine/types.ts';
import { checkCommand, errorText } from './checkCommand.ts';
import type { Environment } from './environment.ts';
import { explainCommand } from './explainCommand.ts';
import { help, parseCommand, UsageError } from './options.ts';
import { sizeCommand } from './sizeCommand.ts';
import { timelineCommand } from './timelineCommand.ts';

/**
 * Runs the command line.
 * @returns the exit code: 0 nothing at or above the level, 1 findings, 2 could not run. Never throws.
 */
export async function run(environment: Environment, rules: readonly Rule[]): Promise<number> {
  try {
    return await dispatch(environment, rules);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const text = isUsage ? error.message : `something went wrong that should not:\n${errorText(error)}`;
    environment.writeError(`mcp-shutdown: ${text}\n`);
    return 2;
  }
}

async function dispatch(environment: Environment, rules: readonly Rule[]): Promise<number> {
  const command = parseCommand(
    environment.argv,
    rules.map(({ id }) => id),
  );
  switch (command.name) {
    case 'help':
      environment.write(help);
      return 0;
    case 'version':
      environment.write(`${environment.version}\n`);
      return 0;
    case 'explain':
      return explainCommand(command.rule, command.color, environment, rules);
    case 'check':
      return checkCommand(command, environment, rules);
    case 'size':
      return sizeCommand(command, environment);
    case 'timeline':
      return timelineCommand(command, environment);
  }
}
