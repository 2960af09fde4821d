import type { McpServer } from '../../project/server.ts';
import { requestFramework } from '../handler/http/index.ts';

/** Whether MCP requests pass Express: then a middleware in front of the route sees them. */
export function isExpress(server: McpServer): boolean {
  return requestFramework(server)?.name === 'express';
}
