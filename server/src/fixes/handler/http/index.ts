import type { Project } from '../../../project/project.ts';
import { type McpServer, mainStart } from '../../../project/server.ts';
import { isHealthRoute } from '../../../project/serving.ts';
import { express } from './express.ts';
import { fastify } from './fastify.ts';
import { fastMcpHttp } from './fastmcp.ts';
import type { HttpFramework, Wiring } from './framework.ts';
import { byHandler, type GuardUse } from './guard.ts';
import { hono } from './hono.ts';
import { koa } from './koa.ts';
import { nestjs } from './nestjs.ts';
import { nodeHttp } from './nodeHttp.ts';

/** The frameworks whose servers can be given a handler; one file each. */
const frameworks: readonly HttpFramework[] = [express, fastMcpHttp, fastify, hono, koa, nestjs, nodeHttp];

/** The framework of a name; `undefined` for one whose servers were not proven. */
export function frameworkOf(name: string | undefined): HttpFramework | undefined {
  return frameworks.find((framework) => framework.name === name);
}

/** The framework that a server's MCP requests pass: `createServer(app)` listens for node:http, the routes are Express's. */
export function requestFramework(server: McpServer): HttpFramework | undefined {
  const route = server.routes.find(({ handsTo }) => handsTo !== undefined);
  return frameworkOf(route?.framework ?? mainStart(server)?.framework);
}

/** What lets the guard and the health routes' answer see requests; `undefined` for a shape that was not proven. */
export function wiringOf(project: Project, server: McpServer, use: GuardUse = byHandler): Wiring | undefined {
  const framework = requestFramework(server);
  const guard = framework?.guard(project, server, use);
  const health = guard && framework?.health?.(project, server.routes.filter(isHealthRoute), use);
  if (!guard || !health || health.insertions.length === 0) return guard;
  return {
    ...guard,
    insertions: [...guard.insertions, ...health.insertions],
    functions: [...guard.functions, ...health.functions],
    imports: [...guard.imports, ...health.imports],
  };
}
