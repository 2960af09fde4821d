import { invalidConfigurationId } from '../engine/check.ts';
import type { Rule } from '../engine/types.ts';

/** Its reports come from the engine, which reads the config files. */
export const invalidConfiguration: Rule = {
  id: invalidConfigurationId,
  severity: 'warning',
  docs: {
    summary: 'A mistake in `mcp-shutdown.json` or in the `mcpShutdown` part of a package.json.',
    what: [
      'Reports text that is not JSON (comments and trailing commas are fine), settings and rules that do not',
      'exist, values of the wrong type, and patterns that cannot be used. The rest of the file still counts.',
    ].join('\n'),
    why: [
      'A setting that is not understood does nothing: a rule that was meant to be an error stays a hint, a folder',
      'that was meant to be left out is checked, and nobody notices.',
    ].join('\n'),
    fix: 'There is none; where a name is close to one that exists, the message says which.',
  },
  check() {},
};
