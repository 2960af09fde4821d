import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { ServerInstance } from '../../../project/serving.ts';
import { callsIn, type PlannedFile, plannedFile } from '../plannedFile.ts';
import { type ToolTracking, trackedCall } from './tracking.ts';

/** A place where a `FastMCP` object is made. */
export interface FastMcpInstance extends Omit<ServerInstance, 'api'> {
  readonly api: 'FastMCP';
}

/** The `new FastMCP(...)` of a server's live code. */
export function fastMcpInstances(project: Project, { execution }: McpServer): FastMcpInstance[] {
  return [...execution.live].flatMap(([path, functions]) => {
    const into = plannedFile(project, path);
    if (!into) return [];
    return [...functions].flatMap((fn) =>
      callsIn(into.facts, fn)
        .filter((call) => isFastMcp(call, into))
        .map((call): FastMcpInstance => ({ path, fn, call, api: 'FastMCP' })),
    );
  });
}

function isFastMcp({ callee, isNew }: ServerInstance['call'], { facts }: PlannedFile): boolean {
  const imported = callee.kind === 'name' ? facts.bindings[callee.binding]?.imported : undefined;
  return isNew && imported?.specifier === 'fastmcp' && imported.name === 'FastMCP';
}

const cancellable = trackedCall(
  'context.signal',
  '{ ...context, signal: cancelling.signal }',
  'tool.execute(args',
  'ContentResult',
);

/** The key stands for the call, nobody listens to it. */
const uncancellable = `      const call = new AbortController();
      const givenUp = new Promise‹<ContentResult>›((answer) => calls.set(call, answer));
      try {
        return await Promise.race([tool.execute(args, context), givenUp]);
      } finally {
        calls.delete(call);
      }`;

const atEof = `
  // fastmcp listens too when it has started, and would abort the calls in flight.
  process.stdin.on('newListener', (event, listener) => {
    if (event === 'end' || event === 'close') queueMicrotask(() => process.stdin.off(event, listener));
  });`;

/** fastmcp: every tool is handed to `addTool`. Since 4.20 tools get a signal; `undefined` before version 4. */
export function fastMcp({ sdk }: McpServer): ToolTracking | undefined {
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(sdk?.version ?? '')?.map(Number) ?? [];
  if (sdk?.name !== 'fastmcp' || major < 4) return undefined;
  const hasSignal = major > 4 || minor >= 20;
  return {
    sdk: 1,
    answerType: 'ContentResult',
    atEof,
    function: `/** Counts the calls of every tool that is added from here on. */
function trackToolCalls‹<T extends FastMCPSessionAuth>›(server‹: FastMCP<T>›)‹: void› {
  const addTool = server.addTool.bind(server);
  server.addTool = (tool) => {
    const execute‹: typeof tool.execute› = async (args, context) => {
${hasSignal ? cancellable : uncancellable}
    };
    addTool({ ...tool, execute });
  };
  server.addTools = (tools) => tools.forEach(server.addTool);
}`,
    imports: [
      { name: 'FastMCP', from: 'fastmcp', isType: true },
      { name: 'ContentResult', from: 'fastmcp', isType: true },
      { name: 'FastMCPSessionAuth', from: 'fastmcp', isType: true },
    ],
  };
}
