import type { Fix } from '../../engine/types.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import { moduleEdits } from './asModule.ts';
import { inlineEdits } from './inline.ts';
import { planHandler } from './plan.ts';

/**
 * Inserts a handler that drains, made from what the server is: into the file that starts it, or as a module beside
 * it. Offered only for shapes that were proven by running servers; everything else gives none.
 */
export function insertHandler(project: Project, server: McpServer, ruleId: string): Fix[] {
  const plan = planHandler(project, server);
  if (!plan) return [];
  const title = 'Insert a graceful shutdown handler';
  const shapes = [
    { title, edits: inlineEdits(plan) },
    { title: `${title}, as a module of its own`, edits: moduleEdits(project, plan) },
  ];
  return shapes
    .flatMap(({ title, edits }) => (edits ? [{ title, edits }] : []))
    .map(({ title, edits }, index) => ({
      ruleId,
      title,
      // It changes what the process does when it is stopped: a person looks at it first.
      isSafe: false,
      isPreferred: index === 0,
      edits,
    }));
}
