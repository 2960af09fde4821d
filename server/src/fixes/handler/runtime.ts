/** What the inserted shutdown code has to do for one server; each part is there only where the server needs it. */
export interface RuntimeNeeds {
  readonly sdk: 1 | 2;
  /** How the low-level server object is typed: through the class that the server's files import. */
  readonly serverType: "McpServer['server']" | 'Server';
  readonly isStdio: boolean;
  /** The HTTP framework, where the server listens on a port. */
  readonly http: 'express' | undefined;
  /** It has a health or readiness route, which has to turn 503. */
  readonly hasHealthRoute: boolean;
  /** Something has to be done after the drain: a listener to close, resources to release. */
  readonly hasSteps: boolean;
  /** The wait for calls in flight where the environment sets none, in ms. */
  readonly drainTimeoutMs: number;
}

/*
 * Templates are TypeScript with single quotes, semicolons and two spaces; `‹...›` marks what JavaScript goes
 * without (see codeStyle.ts). They follow the order that was measured to lose no call: refuse what is new, wait for
 * what is owed, only then close.
 */

/** The state; it has to stand before anything that may use it. */
export function stateOf({ http }: RuntimeNeeds): string {
  const answers = `
/** HTTP answers that are still being sent. */
const answers = new Set‹<unknown>›();
/** Streams that the server may still send something on; they are ended at the last. */
const streams = new Set‹<{ end(): unknown }>›();`;
  return `/** The tool calls in flight; each entry answers its call without the tool. */
const calls = new Set‹<(answer: CallToolResult) => void>›();${http ? answers : ''}
/** Aborted when the wait for them is over. */
const giveUp = new AbortController();${http ? '\nlet isStopping = false;' : ''}`;
}

/** The functions. */
export function functionsOf(needs: RuntimeNeeds): string {
  return [
    trackToolCalls(needs),
    ...(needs.http === 'express' ? [admitToExpress] : []),
    ...(needs.hasHealthRoute ? [reportStopping] : []),
    stopOnSignals(needs),
    shutDown(needs),
    settled(needs),
    ...(needs.http ? [closeListener] : []),
    ...(needs.hasSteps ? [runStep] : []),
    drainTimeout(needs),
  ].join('\n\n');
}

/** Values and types that the templates name, by module. */
export function importsOf({
  sdk,
  http,
}: RuntimeNeeds): readonly { readonly line: string; readonly name: string; readonly isType: boolean }[] {
  const types = sdk === 1 ? '@modelcontextprotocol/sdk/types.js' : '@modelcontextprotocol/server';
  return [
    { line: `import type { CallToolResult } from '${types}';`, name: 'CallToolResult', isType: true },
    ...(sdk === 1
      ? [
          {
            line: `import { CallToolRequestSchema } from '${types}';`,
            name: 'CallToolRequestSchema',
            isType: false,
          },
        ]
      : []),
    ...(http
      ? [
          { line: "import type { RequestHandler } from 'express';", name: 'RequestHandler', isType: true },
          {
            line: "import type { Server as HttpServer } from 'node:http';",
            name: 'HttpServer',
            isType: true,
          },
        ]
      : []),
  ];
}

function trackToolCalls({ sdk, serverType }: RuntimeNeeds): string {
  const [parameters, isOther, pass, register, signal, extra] =
    sdk === 1
      ? [
          'schema, handler',
          '‹(›schema‹ as unknown)› !== CallToolRequestSchema',
          'schema, handler',
          'schema',
          'extra.signal',
          '{ ...extra, signal }',
        ]
      : [
          'method‹: string›, handler‹: any›',
          "method !== 'tools/call'",
          "method‹ as 'tools/call'›, handler",
          "'tools/call'",
          'extra.mcpReq.signal',
          '{ ...extra, mcpReq: { ...extra.mcpReq, signal } }',
        ];
  return `/** Counts every tool call from here on, and lets shutdown reach it: the SDK registers one handler for all tools. */
function trackToolCalls(server‹: ${serverType}›)‹: void› {
  const setRequestHandler = server.setRequestHandler.bind(server);
  server.setRequestHandler = (${parameters}) => {
    if (${isOther}) return setRequestHandler(${pass});
    setRequestHandler(${register}, (request, extra) => {
      const signal = AbortSignal.any([${signal}, giveUp.signal]);
      return new Promise((resolve, reject) => {
        calls.add(resolve);
        const call = (async () => handler(request, ${extra}))();
        call.then(resolve, reject).finally(() => calls.delete(resolve));
      });
    });
  };
}`;
}

const admitToExpress = `/** While draining, new requests are sent away with an answer that lets the client retry elsewhere. */
function admit(...[req, res, next]‹: Parameters<RequestHandler>›)‹: void› {
  const messages = [req.body ?? []].flat();
  const request = messages.find((message) => message?.id !== undefined && message.method !== undefined);
  // A stream that is resumed fetches the answer of a call in flight.
  const isNew = req.method === 'GET' ? !req.headers['last-event-id'] : request !== undefined;
  if (isStopping && isNew) {
    const error = { code: -32000, message: 'The server is shutting down.' };
    const id = request?.id ?? null;
    res.set({ 'Retry-After': '1', Connection: 'close' }).status(503).json({ jsonrpc: '2.0', error, id });
    return;
  }
  // A tool that has returned is not yet an answer that was sent.
  const open = req.method === 'GET' ? streams : answers;
  open.add(res);
  res.once('close', () => open.delete(res));
  next();
}`;

const reportStopping = `/** Load balancers stop sending new requests here. */
function reportStopping(...[, res, next]‹: Parameters<RequestHandler>›)‹: void› {
  if (isStopping) res.status(503).json({ status: 'stopping' });
  else next();
}`;

function stopOnSignals({ sdk, isStdio, http, hasSteps }: RuntimeNeeds): string {
  const parameters = [
    ...(hasSteps ? ['steps‹: Step[]›'] : []),
    ...(isStdio && http ? ['isStdio = false'] : []),
  ];
  const pipe =
    sdk === 2
      ? `
  // The SDK would abort the calls in flight at that: it reads through a pipe that does not pass the end on.`
      : '';
  const onEof = `
  // A client stops a stdio server by closing its stdin, and sends SIGTERM two seconds later.${pipe}
  process.stdin.once('end', () => stop(Math.min(1_500, drainTimeout())));
  process.stdout.on('error', () => stop(0));`;
  const onlyStdio = http ? '\n  if (!isStdio) return;' : '';
  return `/** Shuts down once, whatever asks for it and however often; Ctrl+C again, a second later, ends at once. */
function stopOnSignals(${parameters.join(', ')})‹: void› {
  let since = 0;
  const stop = (drainMs‹: number›) => {
    if (since > 0) return;
    since = Date.now();${http ? '\n    isStopping = true;' : ''}
    void shutDown(drainMs${hasSteps ? ', steps' : ''});
  };
  process.on('SIGTERM', () => stop(drainTimeout()));
  process.on('SIGINT', () => {
    if (since > 0 && Date.now() - since > 1_000) process.exit(130);
    stop(drainTimeout());
  });${isStdio ? onlyStdio + onEof : ''}
}`;
}

function shutDown({ isStdio, http, hasSteps }: RuntimeNeeds): string {
  const flush = `
  // A pipe is written to in the background: exiting at once would cut a large answer off.
  await new Promise((resolve) => setTimeout(() => process.stdout.write('', resolve), 20));`;
  const steps = `
  for (const [name, run] of steps) {
    const isDone = await runStep(name, run, Math.max(100, Math.min(2_000, end - Date.now())));
    if (!isDone) exitCode = 1;
  }`;
  const type = '‹type Step = [name: string, run: () => unknown];\n\n›';
  return `${hasSteps ? type : ''}/** Answers the calls in flight, then ends; the exit code is 1 when something was given up. */
async function shutDown(drainMs‹: number›${hasSteps ? ', steps‹: Step[]›' : ''})‹: Promise<void>› {
  await settled(drainMs);
  // Docker kills ten seconds after SIGTERM: whatever hangs below, it is over by then.
  setTimeout(() => process.exit(1), 4_800).unref();
  ${hasSteps ? 'let' : 'const'} exitCode = calls.size${http ? ' + answers.size' : ''} > 0 ? 1 : 0;
${hasSteps ? '  const end = Date.now() + 4_500;\n' : ''}  giveUp.abort(new Error('The server is shutting down.'));
  await settled(250);
  const text = 'Not finished: the server is shutting down.';
  for (const answer of calls) answer({ isError: true, content: [{ type: 'text', text }] });
  calls.clear();${http ? '\n  await settled(500);' : ''}${isStdio ? flush : ''}${hasSteps ? steps : ''}
  process.exit(exitCode);
}`;
}

function settled({ http }: RuntimeNeeds): string {
  return `/** Resolves when nothing is owed to a caller any more, or after \`ms\`. */
async function settled(ms‹: number›)‹: Promise<void>› {
  const end = Date.now() + ms;
  while (calls.size${http ? ' + answers.size' : ''} > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}`;
}

const closeListener = `/** Sockets that were opened and never used count as active: they are ended last. */
function closeListener(listener‹: HttpServer›)‹: Promise<void>› {
  for (const stream of streams) stream.end();
  return new Promise((resolve) => {
    listener.close(() => resolve());
    listener.closeIdleConnections();
    setTimeout(() => listener.closeAllConnections(), 300);
  });
}`;

const runStep = `/** A step that throws or hangs does not keep the next from running. */
async function runStep(name‹: string›, run‹: () => unknown›, ms‹: number›)‹: Promise<boolean>› {
  let timer‹: NodeJS.Timeout | undefined›;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(reject, ms, new Error(\`not done after \${ms} ms\`));
  });
  try {
    await Promise.race([run(), timeout]);
    return true;
  } catch (error) {
    console.error(\`shutdown: \${name}:\`, error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}`;

function drainTimeout({ drainTimeoutMs }: RuntimeNeeds): string {
  return `/** How long the calls in flight may take, in ms. */
function drainTimeout()‹: number› {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '${drainTimeoutMs}';
  if (/^\\d+$/.test(text) && Number(text) <= 2_147_483_647) return Number(text);
  console.error(\`DRAIN_TIMEOUT_MS is no whole number of milliseconds: "\${text}". Using ${drainTimeoutMs}.\`);
  return ${drainTimeoutMs};
}`;
}
