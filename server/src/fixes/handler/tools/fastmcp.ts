import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { fastMcpInstances, givesSignal } from '../places/fastMcp.ts';
import { countedCall, type Reach, type ToolTracking, trackedCall } from './tracking.ts';

const cancellable = trackedCall(
  'context.signal',
  '{ ...context, signal: cancelling.signal }',
  'tool.execute(args',
  'ContentResult',
);

/** The key stands for the call, nobody listens to it. */
const uncancellable = `      const call = new AbortController();
      const execution = tool.execute(args, context);
      const givenUp = new Promise‹<ContentResult>›((answer) => calls.set(call, answer));
      return Promise.race([execution, givenUp]).finally(() => calls.delete(call));`;

const atEof = `// fastmcp listens too when it has started, and would abort the calls in flight.
process.stdin.on('newListener', (event, listener) => {
  if (event === 'end' || event === 'close') queueMicrotask(() => process.stdin.off(event, listener));
});`;

/** fastmcp: every tool is handed to `addTool`. Since 4.20 tools get a signal; `undefined` before version 4. */
export function fastMcp(project: Project, server: McpServer, reach: Reach): ToolTracking | undefined {
  const [from, ...others] = new Set(fastMcpInstances(project, server).map((instance) => instance.from));
  const hasSignal = from === undefined || others.length > 0 ? undefined : givesSignal(project, server, from);
  if (from === undefined || hasSignal === undefined) return undefined;
  return {
    sdk: 1,
    answerType: 'ContentResult',
    atEof,
    function: `/** Counts the calls of every tool that is added from here on. */
function trackToolCalls‹<T extends FastMCPSessionAuth>›(server‹: FastMCP<T>›)‹: void› {
  const addTool = server.addTool.bind(server);
  server.addTool = (tool) => {
    const execute‹: typeof tool.execute› = async (args, context) => {
${bodyOf(reach, hasSignal)}
    };
    addTool({ ...tool, execute });
  };
  server.addTools = (tools) => tools.forEach(server.addTool);
}`,
    imports: [
      { name: 'FastMCP', from, isType: true },
      ...(reach === 'counted' ? [] : [{ name: 'ContentResult', from, isType: true }]),
      { name: 'FastMCPSessionAuth', from, isType: true },
    ],
  };
}

function bodyOf(reach: Reach, hasSignal: boolean): string {
  if (reach === 'counted') return countedCall('tool.execute(args, context)', 'context');
  return hasSignal ? cancellable : uncancellable;
}
