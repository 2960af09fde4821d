import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';

/** Sends one JSON-RPC message, or several, to an MCP route. */
export function postMcp(
  url: URL,
  message: object | readonly object[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(url, posted(message, headers));
}

/**
 * The same; resolves with the text of the answer as it comes. Not by `fetch`: that takes an answer with a length for
 * broken whose connection is closed while the end of it has come and is not read yet.
 */
export async function postMcpForStream(
  url: URL,
  message: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<ReadableStream<string>> {
  const { body, ...options } = posted(message, headers);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).once('error', reject).end(body);
  });
  const bytes = Readable.toWeb(response) as ReadableStream<Uint8Array<ArrayBuffer>>;
  return bytes.pipeThrough(new TextDecoderStream());
}

function posted(message: object | readonly object[], headers: Readonly<Record<string, string>>) {
  const complete = Array.isArray(message)
    ? message.map((each) => ({ jsonrpc: '2.0', ...each }))
    : { jsonrpc: '2.0', ...message };
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(complete),
  };
}

/** The parameters of an `initialize` request. */
export const initializeParams = {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'raw', version: '1.0.0' },
};

/** Opens a session without the official client. Returns the headers that name it. */
export async function rawSession(url: URL): Promise<Record<string, string>> {
  const response = await postMcp(url, { id: 1, method: 'initialize', params: initializeParams });
  await response.text();
  const session = response.headers.get('mcp-session-id');
  if (!session) throw new Error(`no session: HTTP ${response.status}`);
  const headers = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-06-18' };
  await postMcp(url, { method: 'notifications/initialized' }, headers);
  return headers;
}

/** Opens a session of the legacy SSE transport: where messages are posted to, and the stream with the answers. */
export async function rawSseSession(url: URL): Promise<{ messages: URL; stream: ReadableStream<string> }> {
  const response = await fetch(url, { headers: { accept: 'text/event-stream' } });
  const stream = response.body!.pipeThrough(new TextDecoderStream());
  const reader = stream.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  const [, path] = /^data: (.+)$/m.exec(value ?? '') ?? [];
  if (!path) throw new Error(`no endpoint event: ${value}`);
  return { messages: new URL(path, url), stream };
}
