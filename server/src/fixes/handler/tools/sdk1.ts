import {
  countedCall,
  type Reach,
  type ServerClass,
  serverType,
  type ToolTracking,
  trackedCall,
} from './tracking.ts';

const types = '@modelcontextprotocol/sdk/types.js';

/** `@modelcontextprotocol/sdk`: handlers are registered by request schema. */
export function sdk1(of: ServerClass, reach: Reach): ToolTracking {
  const from = `@modelcontextprotocol/sdk/server/${of === 'Server' ? 'index' : 'mcp'}.js`;
  return {
    sdk: 1,
    function: `/** Counts every tool call from here on: the SDK registers one handler for all tools. */
function trackToolCalls(server‹: ${serverType(of)}›)‹: void› {
  const setRequestHandler = server.setRequestHandler.bind(server);
  server.setRequestHandler = (schema, handler) =>
    setRequestHandler(schema, async (request, extra) => {
      if (‹(›schema‹ as unknown)› !== CallToolRequestSchema) return handler(request, extra);
${reach === 'counted' ? countedCall('handler(request, extra)', 'request') : trackedCall('extra.signal', '{ ...extra, signal: cancelling.signal }')}
    });
}`,
    imports: [
      { name: of, from, isType: true },
      ...(reach === 'counted' ? [] : [{ name: 'CallToolResult', from: types, isType: true }]),
      { name: 'CallToolRequestSchema', from: types },
    ],
  };
}
