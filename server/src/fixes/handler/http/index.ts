import { type McpServer, mainStart } from '../../../project/server.ts';
import { express } from './express.ts';
import { fastify } from './fastify.ts';
import { fastMcpHttp } from './fastmcp.ts';
import type { HttpFramework } from './framework.ts';
import { hono } from './hono.ts';
import { koa } from './koa.ts';
import { nestjs } from './nestjs.ts';
import { nodeHttp } from './nodeHttp.ts';

/** The frameworks whose servers can be given a handler; one file each. */
const frameworks: readonly HttpFramework[] = [express, fastMcpHttp, fastify, hono, koa, nestjs, nodeHttp];

export function frameworkOf(name: string | undefined): HttpFramework | undefined {
  return frameworks.find((framework) => framework.name === name);
}

/** The framework that a server's MCP requests pass: `createServer(app)` listens for node:http, the routes are Express's. */
export function requestFramework(server: McpServer): HttpFramework | undefined {
  const route = server.routes.find(({ handsTo }) => handsTo !== undefined);
  return frameworkOf(route?.framework ?? mainStart(server)?.framework);
}
