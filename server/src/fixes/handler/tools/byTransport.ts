import type { ToolTracking } from './tracking.ts';

const types = '@modelcontextprotocol/sdk/types.js';

/**
 * `@modelcontextprotocol/sdk`, where the server object is made out of sight: calls are counted where they come in and
 * their answers go out. The transport is connected when it is called: until then the SDK has not set `onmessage`.
 */
export const byTransport: ToolTracking = {
  sdk: 1,
  function: `/** Counts the tool calls that come in by a connected transport, until their answers are written. */
function trackToolCalls(transport‹: Transport›)‹: void› {
  const pending = new Map‹<unknown, AbortController>›();
  const settle = (id‹: unknown›) => {
    const cancelling = pending.get(id);
    if (cancelling) calls.delete(cancelling);
    pending.delete(id);
  };
  const { onmessage } = transport;
  const send = transport.send.bind(transport);
  transport.onmessage = (...args) => {
    const message‹: JSONRPCMessage› = args[0];
    if ('method' in message && message.method === 'tools/call' && 'id' in message) {
      const { id } = message;
      const cancelling = new AbortController();
      const notice = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } }‹ as const›;
      cancelling.signal.addEventListener('abort', () => onmessage?.(notice));
      pending.set(id, cancelling);
      calls.set(cancelling, (result) => void transport.send({ jsonrpc: '2.0', id, result }));
    }
    onmessage?.(...args);
    // The SDK does not answer what its client has cancelled.
    if ('method' in message && message.method === 'notifications/cancelled') settle(message.params?.requestId);
  };
  transport.send = (...args) => {
    const message‹: JSONRPCMessage› = args[0];
    const answered = 'method' in message ? undefined : message.id;
    return send(...args).finally(() => settle(answered));
  };
}`,
  imports: [
    { name: 'Transport', from: '@modelcontextprotocol/sdk/shared/transport.js', isType: true },
    { name: 'CallToolResult', from: types, isType: true },
    { name: 'JSONRPCMessage', from: types, isType: true },
  ],
};
