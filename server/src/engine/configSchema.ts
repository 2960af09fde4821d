import { dockerfileChoices, type levels, shutdownTimes } from './settings.ts';
import type { Rule } from './types.ts';

const choiceDescriptions = {
  off: 'Not checked.',
  error: 'Always an error.',
  warning: 'Always a warning.',
  information: 'Always an information.',
  hint: 'Always a hint.',
  default: 'As the rule itself thinks right, by the circumstances.',
} as const satisfies Record<(typeof levels)[number], string>;

/** A key for each rule with the values it takes: a JSON schema of the `rules` object, in file and editor alike. */
function ruleProperties(rules: readonly Rule[]): object {
  const choices = Object.keys(choiceDescriptions);
  return Object.fromEntries(
    rules.map(({ id, severity, docs }) => [
      id,
      {
        enum: choices,
        enumDescriptions: Object.values(choiceDescriptions),
        markdownDescription: `${docs.summary} Default: \`${severity}\`.`,
      },
    ]),
  );
}

/** The JSON schema of `mcp-shutdown.json`. */
export function configSchema(rules: readonly Rule[]): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'MCP Graceful Shutdown',
    description:
      'Settings of the command line and of the editor, for the files below the folder of this file.',
    type: 'object',
    allowComments: true,
    allowTrailingCommas: true,
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'The schema of this file, for editors.' },
      rules: {
        type: 'object',
        description: 'The severity of each rule.',
        additionalProperties: false,
        properties: ruleProperties(rules),
      },
      exclude: {
        type: 'array',
        description:
          'Globs of files and folders that get no findings, seen from the folder of this file: "examples", "**/*.gen.ts".',
        items: { type: 'string' },
      },
      dockerfiles: {
        enum: dockerfileChoices,
        enumDescriptions: [
          'Dockerfiles of a workspace with an MCP server.',
          'All Dockerfiles. Counts in the config file of the workspace folder.',
        ],
        description: 'Which Dockerfiles are checked.',
        default: 'mcp',
      },
      shutdown: shutdownSchema(
        'How the servers shut down, where their code does not tell. Counts in the config file of the workspace folder.',
      ),
    },
  };
}

/** The schema of `shutdown`, in file and editor alike. */
function shutdownSchema(description: string): object {
  const time = (key: keyof typeof shutdownTimes, text: string) => {
    const { least, most } = shutdownTimes[key];
    return { type: 'integer', minimum: least, maximum: most, description: text };
  };
  const names = (text: string) => ({ type: 'array', items: { type: 'string' }, description: text });
  return {
    type: 'object',
    description,
    additionalProperties: false,
    properties: {
      drainTimeoutMs: time(
        'drainTimeoutMs',
        'How long a server waits for tool calls, in ms, where neither its code nor its deployment says so. A new handler waits that long, or less where a grace period leaves less. Without it: 5000.',
      ),
      bufferMs: time(
        'bufferMs',
        'What is to be left of a grace period behind the drain, in ms, to close and flush. Without it: 5000.',
      ),
      drainFunctions: names(
        'Functions and methods that wait until no tool call is running, by their names: a shutdown that awaits one has a drain.',
      ),
      closeFunctions: names(
        'Functions and methods that close what the server holds, by their names: what they release is not reported as left open.',
      ),
    },
  };
}

/** The editor setting `mcpShutdown.shutdown`, as package.json contributes it. */
export function shutdownSetting(): object {
  const description =
    'How the servers shut down, where their code does not tell. The nearest config file counts before it, key by key.';
  return { ...shutdownSchema(description), scope: 'resource', default: {} };
}

/** The editor setting `mcpShutdown.rules`, as package.json contributes it. */
export function rulesSetting(rules: readonly Rule[]): object {
  return {
    type: 'object',
    scope: 'resource',
    default: {},
    markdownDescription:
      'The severity of each rule, or `off`. A config file (`mcp-shutdown.json`, or `mcpShutdown` in package.json) counts before it.',
    additionalProperties: false,
    properties: ruleProperties(rules),
  };
}
