import type { Landmark } from '../project/project.ts';

/** What is said about a construct where nothing is wrong: why it matters, and what a safe shutdown does there. */
export function landmarkText({ kind, detail }: Landmark): string {
  if (kind === 'signal-listener') return signalText(detail);
  if (kind === 'listen') return listenText;
  if (kind === 'transport') return transportTexts[detail] ?? httpTransportText;
  return startCommandText(detail);
}

function signalText(signals: string): string {
  return `**Shutdown starts here: ${signals || 'a signal'}**

A listener replaces the default of the signal: from now on the process ends when this code ends it, or by SIGKILL \
when the grace period is over (\`docker stop\` 10 s, Kubernetes 30 s, Fly.io 5 s).

- **In order**: answer new requests with 503, wait for the tool calls in flight up to a deadline, then close servers \
and transports (\`close()\` aborts every call in flight and drops its answer), then clean up step by step.
- **Exit code**: 0 when all was clean, 1 when the deadline passed or a step failed. A repeated signal joins the \
shutdown that runs.
- **stdio**: there the end of stdin is the first word to stop; SIGTERM follows 2 s later.`;
}

const listenText = `**The server takes requests from here on**

A server that is stopped while tool calls are in flight, and does not wait for them, leaves them unanswered and \
what they were doing half done.

- **While draining** keep the listener open: a health check and new calls can only be told 503 by a server that \
still answers.
- **Afterwards** close the sessions and transports, then the listener, \`closeIdleConnections()\`, and about 300 ms \
later \`closeAllConnections()\`: open streams keep \`close()\` waiting, and so do sockets that were never used.`;

const httpTransportText = `**HTTP transport**

\`close()\` of the transport or of its server aborts every tool call in flight and drops its answer; the client then \
waits for its own timeout, 60 s by default. Neither SDK listens to signals.

- **Wait for tool calls**, not for sessions: an idle session never leaves its map, so waiting for an empty map always \
runs into the deadline. A call is over when its POST response has closed, not when its handler has returned.
- **Then close**: take sessions out of the map in \`transport.onclose\`; end a stateless request's server and \
transport when its response closes.`;

const stdioText = `**stdio transport**

The client stops this server by closing its stdin, sends SIGTERM 2 s later and SIGKILL after another 2 s. SDK 1 \
ignores the end of stdin; SDK 2 closes itself and leaves calls in flight unanswered. Neither listens to signals.

- **Stop on** the end of stdin, SIGTERM and SIGINT; after the end of stdin there is time for about 1.5 s of waiting.
- **Let stdout run empty before \`process.exit()\`**: on Linux a pipe is written to asynchronously, and a large answer \
is cut off at 64 KiB. Log to stderr only.`;

const sseText = `**HTTP+SSE transport (legacy)**

Each POST is answered 202 at once and the result follows on the stream: open requests say nothing about tool calls \
in flight. \`close()\` aborts those calls and drops their answers.

- **Count calls in the tool handlers**, wait until none is left, at most until a deadline, and only then close the \
streams. \`server.close()\` on the listener waits for every open stream: close the transports first.`;

const transportTexts: Readonly<Record<string, string>> = {
  stdio: stdioText,
  sse: sseText,
};

function startCommandText(command: string): string {
  return `**What the container starts**${command ? `: ${codeSpan(command)}` : ''}

A stop sends one signal, to the first process of the container: what this command starts.

- **Exec form**, a JSON array, makes that the program itself. **Shell form** makes it \`/bin/sh\`: Debian's and \
Ubuntu's keeps the signal to itself, the server never hears of it and is killed when the grace period is over.
- **Node as the first process** ignores SIGTERM unless it listens to it: it hangs until SIGKILL.
- **Package managers** (\`npm start\`) may lose the signal; start the script's own command instead.`;
}

/** The text as code, whatever backticks it holds; on one line. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** A text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>]/g, '\\$&');
}

/** Markdown for clients that show text as it is. */
export function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/^```\w*\n/gm, '')
    .replace(/(?<!\\)(\*\*|`)/g, '')
    .replace(/(?<!\\)\[([^\]]*)\]\(([^)]*)\)/g, '$1: $2')
    .replace(/\\([\\`*_[\]<>])/g, '$1')
    .replace(/^---$/gm, '');
}
