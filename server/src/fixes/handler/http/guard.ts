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
export function admitting(shape: GuardShape, hasStreams: boolean, hasSubscriptions = false): string {
  const { head, body, isAny, refuse, response, pass } = shape;
  const type = isAny ? '' : '‹ as ({ id?: unknown; method?: unknown } | undefined)[]›';
  const [isNew, count] = hasStreams ? withStreams(shape, hasSubscriptions) : withoutStreams(shape);
  return `/** While draining, new requests are sent away with an answer that lets the client retry elsewhere. */
${head}
  const messages = [${body}].flat()${type};
  const call = messages.find((message) => message?.id !== undefined && message.method !== undefined);
${isNew} {
    const error = { code: -32000, message: 'The server is shutting down.' };
    const id = call${hasStreams ? '?' : ''}.id ?? null;
${refuse.map((line) => `    ${line}`).join('\n')}
  }
  // A tool that has returned is not yet an answer that was sent.
${count}
  ${response}.once('close', () => ${hasStreams ? 'open' : 'answers'}.delete(${response}));
${pass.map((line) => `  ${line}`).join('\n')}
}`;
}

/** The test for what is new, and the line that counts an answer. */
function withStreams(
  { method, lastEventId, response }: GuardShape,
  hasSubscriptions: boolean,
): readonly [isNew: string, count: string] {
  const subscribes = ` || ${lastEventId.replace('last-event-id', 'mcp-method')} === 'subscriptions/listen'`;
  return [
    `  // A stream that is resumed fetches the answer of a call in flight.
  const isNew = ${method} === 'GET' ? !${lastEventId} : call !== undefined;
  if (stoppedAt > 0 && isNew)`,
    `  const open = ${method} === 'GET'${hasSubscriptions ? subscribes : ''} ? streams : answers;
  open.add(${response});`,
  ];
}

function withoutStreams({ response }: GuardShape): readonly [isNew: string, count: string] {
  return ['  if (stoppedAt > 0 && call)', `  answers.add(${response});`];
}
