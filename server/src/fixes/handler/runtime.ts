/** What the inserted shutdown code has to do for one server; each part is there only where the server needs it. */
export interface RuntimeNeeds {
  readonly sdk: 1 | 2;
  /** Methods of McpServer that the server registers its tools with. */
  readonly toolMethods: readonly ('registerTool' | 'tool')[];
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
  const owed = http ? 'Tool calls that run, and answers that are still being sent.' : 'Tool calls that run.';
  return `/** ${owed} */
const owed = new Set‹<Promise<unknown>>›();
/** Aborted when shutdown has waited long enough. */
const giveUp = new AbortController();
let stopping‹: Promise<void> | undefined›;`;
}

/** The functions. */
export function functionsOf(needs: RuntimeNeeds): string {
  return [
    trackToolCalls(needs),
    tracked(needs),
    ...(needs.http === 'express' ? [owe, admitToExpress] : []),
    ...(needs.hasHealthRoute ? [reportStopping] : []),
    ...(needs.http ? [closeListener] : []),
    stopOnSignals(needs),
    shutDown(needs),
    ...(needs.hasSteps ? [runStep] : []),
    drainTimeout(needs),
  ].join('\n\n');
}

function trackToolCalls({ toolMethods }: RuntimeNeeds): string {
  const patch = (
    method: string,
  ) => `  const ${method} = server.${method}.bind(server)‹ as (...args: unknown[]) => unknown›;
  server.${method} = ‹(›(...args‹: unknown[]›) =>
    ${method}(...args.slice(0, -1), tracked(args.at(-1)‹ as ToolCallback›))‹) as typeof server.${method}›;`;
  return `/** Makes shutdown wait for the calls of every tool that is registered from here on. */
function trackToolCalls(server‹: McpServer›)‹: void› {
${toolMethods.map(patch).join('\n')}
}`;
}

function tracked({ sdk, http }: RuntimeNeeds): string {
  const signalOf = sdk === 1 ? 'extra.signal' : 'extra.mcpReq.signal';
  const withSignal = sdk === 1 ? '{ ...extra, signal }' : '{ ...extra, mcpReq: { ...extra.mcpReq, signal } }';
  const type = sdk === 1 ? '{ signal: AbortSignal }' : '{ mcpReq: { signal: AbortSignal } }';
  const kept = http ? 'owe(answer)' : 'answer';
  const owing = http
    ? ''
    : `
    owed.add(answer);
    const paid = () => owed.delete(answer);
    answer.then(paid, paid);`;
  return `‹type ToolCallback = (...args: unknown[]) => unknown;

›/** A call hears from shutdown through its signal; one that does not listen still gets an answer to its caller. */
function tracked(callback‹: ToolCallback›)‹: ToolCallback› {
  return (...args) => {
    const extra = args.pop()‹ as ${type}›;
    const signal = AbortSignal.any([${signalOf}, giveUp.signal]);
    const answer = new Promise((resolve, reject) => {
      const text = 'The server is shutting down and could not finish this call.';
      const apology = { isError: true, content: [{ type: 'text', text }] };
      const late = () => setTimeout(resolve, 500, apology);
      giveUp.signal.addEventListener('abort', late);
      const run = async () => callback(...args, ${withSignal});
      run().then(resolve, reject).finally(() => giveUp.signal.removeEventListener('abort', late));
    });${owing}
    return ${kept};
  };
}`;
}

const owe = `function owe‹<T>›(promise‹: Promise<T>›)‹: Promise<T>› {
  owed.add(promise);
  const paid = () => owed.delete(promise);
  promise.then(paid, paid);
  return promise;
}`;

const reportStopping = `/** Load balancers stop sending new requests here. */
function reportStopping(...[, res, next]‹: Parameters<RequestHandler>›)‹: void› {
  if (stopping) res.status(503).json({ status: 'stopping' });
  else next();
}`;

const admitToExpress = `/** While draining, new requests are sent away with an answer that lets the client retry elsewhere. */
function admit(...[req, res, next]‹: Parameters<RequestHandler>›)‹: void› {
  const messages = [req.body ?? []].flat();
  const isRequest = messages.some(({ id, method }) => id !== undefined && method !== undefined);
  // A stream that is resumed fetches the answer of a call in flight.
  const isNew = req.method === 'GET' ? !req.headers['last-event-id'] : req.method === 'POST' && isRequest;
  if (stopping && isNew) {
    const error = { code: -32000, message: 'The server is shutting down.' };
    const id = messages[0]?.id ?? null;
    res.set({ 'Retry-After': '1', Connection: 'close' }).status(503).json({ jsonrpc: '2.0', error, id });
    return;
  }
  // A tool that has returned is not yet an answer that was sent.
  if (req.method === 'POST') owe(new Promise((resolve) => res.once('close', resolve)));
  next();
}`;

const closeListener = `/** Sockets that were opened and never used count as active: they are ended last. */
function closeListener(listener‹: HttpServer›)‹: Promise<void>› {
  return new Promise((resolve) => {
    listener.close(() => resolve());
    listener.closeIdleConnections();
    setTimeout(() => listener.closeAllConnections(), 300);
  });
}`;

function stopOnSignals({ isStdio, hasSteps }: RuntimeNeeds): string {
  const parameter = hasSteps ? 'steps‹: Step[]›' : '';
  const argument = hasSteps ? ', steps' : '';
  const onEof = `
  // A client stops a stdio server by closing its stdin, and sends SIGTERM two seconds later.
  process.stdin.once('end', () => stop(Math.min(1_500, drainTimeout())));
  process.stdout.on('error', () => stop(0));`;
  return `/** Shuts down once, whatever asks for it and however often; Ctrl+C again, a second later, ends at once. */
function stopOnSignals(${parameter})‹: void› {
  let since = 0;
  const stop = (drainMs‹: number›) => {
    since ||= Date.now();
    stopping ??= shutDown(drainMs${argument});
  };
  process.on('SIGTERM', () => stop(drainTimeout()));
  process.on('SIGINT', () => {
    if (since > 0 && Date.now() - since > 1_000) process.exit(130);
    stop(drainTimeout());
  });${isStdio ? onEof : ''}
}`;
}

const drain = `  // Docker kills ten seconds after SIGTERM: whatever hangs below, it is over by then.
  setTimeout(() => process.exit(1), drainMs + 4_800).unref();
  const deadline = Date.now() + drainMs;
  while (owed.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));`;

function shutDown({ isStdio, hasSteps }: RuntimeNeeds): string {
  const flush = `  // Pipes are written to asynchronously: an exit right after a large answer would cut it off.
  await new Promise((resolve) => setImmediate(() => process.stdout.write('', resolve)));
`;
  if (!hasSteps) {
    return `async function shutDown(drainMs‹: number›)‹: Promise<void>› {
${drain}
  const isClean = owed.size === 0;
  giveUp.abort(new Error('The server is shutting down.'));
  if (!isClean) await new Promise((resolve) => setTimeout(resolve, 600));
${flush}  process.exit(isClean ? 0 : 1);
}`;
  }
  return `‹type Step = [name: string, run: () => unknown];

›/** First what callers wait for, then the rest, one by one; 0 when nothing was lost. */
async function shutDown(drainMs‹: number›, steps‹: Step[]›)‹: Promise<void>› {
${drain}
  let isClean = owed.size === 0;
  giveUp.abort(new Error('The server is shutting down.'));
  const end = Date.now() + 4_500;
  while (owed.size > 0 && Date.now() < end - 3_000) await new Promise((resolve) => setTimeout(resolve, 20));
${isStdio ? flush : ''}  for (const [name, run] of steps) {
    const isDone = await runStep(name, run, Math.max(100, Math.min(2_000, end - Date.now())));
    isClean &&= isDone;
  }
  process.exit(isClean ? 0 : 1);
}`;
}

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
  return `/** How long calls in flight may take, in ms. */
function drainTimeout()‹: number› {
  const text = process.env.DRAIN_TIMEOUT_MS ?? '${drainTimeoutMs}';
  if (/^\\d+$/.test(text) && Number(text) <= 2_147_483_647) return Number(text);
  console.error(\`DRAIN_TIMEOUT_MS must be a whole number of milliseconds, not "\${text}"; using ${drainTimeoutMs}\`);
  return ${drainTimeoutMs};
}`;
}
