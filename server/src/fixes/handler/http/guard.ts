/** What a guard asks, and what it does for the handler. */
export interface GuardUse {
  /** Expressions: the server is being stopped; it is not. */
  readonly stops: string;
  readonly runs: string;
  /** What it keeps: the answers that are owed, and the open streams beside them; those answers alone; neither. */
  readonly keeps: 'streams' | 'answers' | 'nothing';
}

/** The use by the full handler. */
export const byHandler: GuardUse = { stops: 'stoppedAt > 0', runs: 'stoppedAt === 0', keeps: 'streams' };

/** What differs between frameworks in `admit`, which stands before the MCP route. */
export interface GuardShape {
  /** The first line, and lines that give it what it looks at. */
  readonly head: string;
  /** Expressions: the parsed body, the method, the header that resumes a stream. */
  readonly body: string;
  readonly method: string;
  readonly lastEventId: string;
  /** The body has the type `any`. */
  readonly isAny: boolean;
  /** Statements that answer with 503; `error` and `id` are there. */
  readonly refuse: readonly string[];
  /** The `ServerResponse`. */
  readonly response: string;
  /** Statements that let the request pass. */
  readonly pass: readonly string[];
}

/**
 * The template of `admit`.
 * @param hasStreams clients can open streams by GET, on which calls of theirs may be answered
 * @param hasSubscriptions a stream may be opened by POST too: such a subscription has a header of its own
 */
export function admitting(
  shape: GuardShape,
  use: GuardUse,
  hasStreams: boolean,
  hasSubscriptions = false,
): string {
  const { head, body, isAny, refuse, pass } = shape;
  const type = isAny ? '' : '‹ as ({ id?: unknown; method?: unknown } | undefined)[]›';
  const keep = use.keeps === 'nothing' ? '' : keeping(shape, use, hasStreams, hasSubscriptions);
  return `/** While draining, new requests are sent away with an answer that lets the client retry elsewhere. */
${head}
  const messages = [${body}].flat()${type};
  const call = messages.find((message) => message?.id !== undefined && message.method !== undefined);
${hasStreams ? newWithStreams(shape, use) : `  if (${use.stops} && call)`} {
    const error = { code: -32000, message: 'The server is shutting down.' };
    const id = call${hasStreams ? '?' : ''}.id ?? null;
${refuse.map((line) => `    ${line}`).join('\n')}
  }
${keep}${pass.map((line) => `  ${line}`).join('\n')}
}`;
}

/** The test for what is new, where clients can open streams. */
function newWithStreams({ method, lastEventId }: GuardShape, { stops }: GuardUse): string {
  return `  // A stream that is resumed fetches the answer of a call in flight.
  const isNew = ${method} === 'GET' ? !${lastEventId} : call !== undefined;
  if (${stops} && isNew)`;
}

/** The lines that keep an answer until it was sent. */
function keeping(
  { method, lastEventId, response }: GuardShape,
  { keeps }: GuardUse,
  hasStreams: boolean,
  hasSubscriptions: boolean,
): string {
  const subscription = `${lastEventId.replace('last-event-id', 'mcp-method')} === 'subscriptions/listen'`;
  const streams = [`${method} === 'GET'`, ...(hasSubscriptions ? [subscription] : [])];
  const open = `  const open = ${streams.join(' || ')} ? streams : answers;
  open.add(${response});
  ${response}.once('close', () => open.delete(${response}));`;
  const answer = `answers.add(${response})`;
  const calls = streams.map((stream) => stream.replace('===', '!==')).join(' && ');
  const closed = `  ${response}.once('close', () => answers.delete(${response}));`;
  const own = hasStreams ? `  if (${calls}) ${answer};\n${closed}` : `  ${answer};\n${closed}`;
  return `  // A tool that has returned is not yet an answer that was sent.
${hasStreams && keeps === 'streams' ? open : own}
`;
}
