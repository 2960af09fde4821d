import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { insertHandler } from '../handler/insertHandler.ts';

/** The fixes that keep the user's handler, and behind them those that replace it by one that drains. */
export function orFullHandler(
  small: readonly Fix[],
  project: Project,
  server: McpServer,
  ruleId: string,
): Fix[] {
  const full = insertHandler(project, server, ruleId);
  return small.length === 0 ? full : [...small, ...full.map((fix) => ({ ...fix, isPreferred: false }))];
}
