import type { Landmark, ProjectFile } from './project.ts';
import type { McpServer } from './server.ts';

/** The constructs of one file that are worth a hover even where nothing is wrong. */
export function landmarksOf(
  path: string,
  servers: readonly McpServer[],
  file: ProjectFile | undefined,
): Landmark[] {
  const found = new Map<string, Landmark>();
  const add = (landmark: Landmark) => found.set(`${landmark.kind} ${landmark.range.start}`, landmark);
  for (const server of servers) {
    for (const listener of [...server.listeners, ...server.deadListeners]) {
      if (listener.path !== path) continue;
      add({ kind: 'signal-listener', range: listener.range, detail: listener.signals.join(', ') });
    }
    for (const start of server.starts) {
      if (start.path !== path) continue;
      const detail = start.transport ?? start.framework ?? '';
      add({ kind: start.kind, range: start.range, detail });
    }
  }
  if (file?.facts.language === 'dockerfile') {
    for (const stage of file.facts.dockerfile.stages) {
      for (const command of stage.commands) {
        add({ kind: 'start-command', range: command.range, detail: command.argument.text });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.range.start - b.range.start);
}
