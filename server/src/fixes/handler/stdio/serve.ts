import type { ServerStart } from '../../../project/transports.ts';
import type { Insertion } from '../../source/insertion.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import { statementAround } from '../../source/statements.ts';
import { inOptions } from '../places/options.ts';
import type { Serving } from '../places/serving.ts';
import { keptOpen } from './connect.ts';

const transport = `transport: new StdioServerTransport(${keptOpen})`;

/** SDK 2's `serveStdio(factory[, { ... }])`, which makes its transport itself unless it is handed one. */
export function served({ call, fn }: ServerStart, into: PlannedFile, sdk: 1 | 2): Serving | undefined {
  if (sdk !== 2 || call.isNew) return undefined;
  const statement = statementAround(into.facts, fn, call);
  const option = transportOption(call, into);
  if (!statement || !option) return undefined;
  const imports = [
    { name: 'StdioServerTransport', from: '@modelcontextprotocol/server/stdio' },
    { name: 'PassThrough', from: 'node:stream' },
  ];
  return { statement, insertions: [{ ...option, imports }], steps: [] };
}

/** Where the transport is handed in; `undefined` where the author does so already, or the options are not written there. */
function transportOption({ args, end }: ServerStart['call'], into: PlannedFile): Insertion | undefined {
  const [factory, options] = args;
  if (!factory || args.length > 2) return undefined;
  if (!options) return { into, at: { offset: end - 1 }, code: `, { ${transport} }` };
  const isKnown = options.kind === 'object' && options.properties.every(({ key }) => key !== undefined);
  return isKnown ? inOptions(into, options, transport) : undefined;
}
