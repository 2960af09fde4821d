import type { SourceFacts } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { plannedFile } from '../../source/plannedFile.ts';
import { isFastMcp } from '../places/fastMcp.ts';
import { fastMcp } from './fastmcp.ts';
import { sdk1 } from './sdk1.ts';
import { sdk2 } from './sdk2.ts';
import type { Reach, ToolTracking } from './tracking.ts';

/** How the server's tool calls are tracked; `undefined` where its SDK is unknown, mixed or too old. */
export function toolTracking(
  project: Project,
  server: McpServer,
  reach: Reach = 'answered',
): ToolTracking | undefined {
  const files = [...server.execution.live.keys()].flatMap((path) => plannedFile(project, path)?.facts ?? []);
  if (isFastMcp(server)) return fastMcp(project, server, reach);
  const [api, ...others] = new Set(server.instances.map((instance) => instance.api));
  const sdk = sdkOf(files);
  // The handlers of SDK 0.x get no signal.
  if (!api || others.length > 0 || !sdk || /^[^\d]*0\./.test(server.sdk?.version ?? '')) return undefined;
  return sdk === 1 ? sdk1(api, reach) : sdk2(api, reach);
}

function sdkOf(files: readonly SourceFacts[]): 1 | 2 | undefined {
  const specifiers = files.flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
  const isFirst = specifiers.some((name) => name.startsWith('@modelcontextprotocol/sdk/'));
  const isSecond = specifiers.some((name) =>
    /^@modelcontextprotocol\/(server|node|express|hono|fastify)$/.test(name),
  );
  if (isFirst === isSecond) return undefined;
  return isFirst ? 1 : 2;
}
