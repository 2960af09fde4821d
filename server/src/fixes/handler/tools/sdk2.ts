import {
  countedCall,
  type Reach,
  type ServerClass,
  serverType,
  type ToolTracking,
  trackedCall,
} from './tracking.ts';

const from = '@modelcontextprotocol/server';

/** `@modelcontextprotocol/server`: handlers are registered by method name. */
export function sdk2(of: ServerClass, reach: Reach): ToolTracking {
  return {
    sdk: 2,
    function: `/** Counts every tool call from here on: the SDK registers one handler for all tools. */
function trackToolCalls(server‹: ${serverType(of)}›)‹: void› {
  const setRequestHandler = server.setRequestHandler.bind(server);
  server.setRequestHandler = (method‹: string›, handler‹: any›, more‹?: any›) => {
    if (method !== 'tools/call') return setRequestHandler(method, handler, more);
    setRequestHandler(method, async (request, extra) => {
${reach === 'counted' ? countedCall('handler(request, extra)', 'request') : trackedCall('extra.mcpReq.signal', '{ ...extra, mcpReq: { ...extra.mcpReq, signal: cancelling.signal } }')}
    });
  };
}`,
    imports: [
      { name: of, from, isType: true },
      ...(reach === 'counted' ? [] : [{ name: 'CallToolResult', from, isType: true }]),
    ],
  };
}
