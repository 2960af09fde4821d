import type { RelatedLocation, Rule } from '../engine/types.ts';
import { makeCancellable } from '../fixes/cancellation/makeCancellable.ts';
import { calleeRange } from '../languages/source/walk.ts';
import { type UncancelledTool, uncancelledTools } from '../project/tools/cancellation.ts';
import type { ToolHandler } from '../project/tools.ts';
import { functionKey } from '../project/value.ts';

export const toolIgnoresCancellation: Rule = {
  id: 'tool-ignores-cancellation',
  severity: 'information',
  docs: {
    summary: 'A tool waits for something long and does not pass the signal of the call on to it.',
    what: `The SDK gives every tool handler a signal that is aborted when the client cancels the call: \`extra.signal\` in
version 1, \`ctx.mcpReq.signal\` in version 2; so does fastmcp since 4.17, by the \`signal\` of its context. Reports a tool
that certainly does not use it and that waits for something that could be ended: \`fetch\`, undici, axios, got,
\`http.request\`, \`exec\`, \`execFile\`, \`spawn\` (where only the end of the child process resolves the promise),
\`timers/promises\`, a promise over \`setTimeout\`, \`events.once\`, \`pipeline\`, clients of OpenAI, Anthropic, AWS, the AI SDK
and MCP, and queries of pg and mysql2, which take no signal but need not be waited for; also own functions that take a
signal for such work and are called without. It is looked for in the handler and up to three certain calls away from it.

Not reported: a handler that takes the signal or hands the argument that holds it on, also in a wrapper around it; calls
that get any signal or options that cannot be followed; calls that the tool does not wait for; short pauses, and tools
that only read or write files; of a function that several tools share, a branch that this tool does not take
(\`'command' in options\`). Silent for older releases of fastmcp, for mcp-framework, which keeps the signal in a field that
all calls of a tool share, for @rekog/mcp-nest, which has none, and for tools whose registration cannot be followed.`,
    why: `A client cancels when its user presses stop, or when its own time for the call is over. The tool then works on for
nobody: the request is paid for, the child process keeps running, the pool's connection stays taken.

It also makes every shutdown as long as the slowest call. At the end of the drain time a graceful shutdown aborts the
calls that are left, by this same signal; a tool that listens ends at once and its caller is told so.`,
    fix: `*Make this tool cancellable* adds the handler's argument where it is missing and passes its signal to what takes
one: into options, which are added where there are none, and through own functions in any file, which get a last
parameter \`signal\` that may be left out. A promise over \`setTimeout\` becomes a timer of \`node:timers/promises\`; the wait
for a query of a pool is raced against the signal, and the query itself goes on.

*Make this tool cancellable, with a time limit* also runs the handler under a limit of 30 s, to be set to what the tool
needs: then the signal is aborted and the caller gets an answer with \`isError: true\`. *Make all tools of this server
cancellable* does the first for all of them. All three are refactorings too, at any tool, also where nothing was found.

They have to be looked at: a cancelled call throws an AbortError in the middle of the tool, and what was half done stays
so. Left alone are a handler inside a wrapper, which may not hand the argument on; functions that are handed to others as
callbacks; queries on a connection, which would be given back while it works; writing files; a child process or request
without a listener for \`error\`, which an abort would turn into a crash. Calls that \`trackToolCalls\` of the inserted
shutdown handler counts need nothing more: the signal is the one that it aborts when the drain time is over.`,
  },

  check({ project, report }) {
    const told = new Set<string>();
    for (const server of project.servers) {
      for (const found of uncancelledTools(server)) {
        const { path, range } = found.tool.at;
        const key = functionKey(found.tool);
        if (told.has(key)) continue;
        told.add(key);
        report({
          path,
          range,
          message: messageOf(found),
          related: relatedTo(found),
          data: { key } satisfies FindingData,
        });
      }
    }
  },

  fixes(project, finding) {
    const { key } = finding.data as FindingData;
    for (const server of project.servers) {
      const found = uncancelledTools(server).find(({ tool }) => functionKey(tool) === key);
      if (!found) continue;
      const fixes = makeCancellable(project, server, found.tool, finding.ruleId);
      // A time limit alone would answer the caller, and what it waits for would go on.
      return fixes.some(({ isPreferred }) => isPreferred) ? fixes : [];
    }
    return [];
  },
};

interface FindingData {
  /** The handler's function. */
  readonly key: string;
}

function messageOf({ tool, calls }: UncancelledTool): string {
  const work = calls.filter(({ isWork }) => isWork).map(({ cancellable }) => cancellable);
  const awaited = [...new Set(work.map(({ what }) => what))].slice(0, 3);
  const signal = tool.cancellation?.property === 'mcpReq.signal' ? 'ctx.mcpReq.signal' : 'extra.signal';
  const takesNone = work.every((cancellable) => cancellable.signal === 'race');
  const advice = takesNone ? `Race the wait against ${signal}.` : `Pass ${signal} on.`;
  return `${subjectOf(tool)} works on when the client cancels the call, and holds up a shutdown: it waits for ${listed(awaited)} without the signal of the call. ${advice}`;
}

function subjectOf({ name, api }: ToolHandler): string {
  if (name) return `The tool ${name}`;
  return api === 'setRequestHandler' ? 'The handler of tool calls' : 'This tool';
}

function listed(words: readonly string[]): string {
  return words.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

function relatedTo({ calls }: UncancelledTool): RelatedLocation[] {
  return calls.slice(0, 5).map(({ path, call, cancellable }) => ({
    path,
    range: calleeRange(call),
    message:
      cancellable.signal === 'race'
        ? 'Waited for here; it takes no signal, but the wait can be given up.'
        : `Waited for here without \`${cancellable.option ?? 'signal'}\`.`,
  }));
}
