import type { Place } from '../project/deployments/deployment.ts';
import type { Project } from '../project/project.ts';
import type { Range } from '../text/range.ts';
import type { Timeline } from './timeline.ts';
import { timelinesOf } from './timelines.ts';

/** A place of a file that has a say in timelines. */
export interface TimelinePlace {
  readonly range: Range;
  readonly timelines: readonly Timeline[];
}

/**
 * The places of one file: where a grace period, a preStop, a stop signal or a drain timeout stands, the listeners of the
 * stop signals, and the name of a deployment that leaves its period to the platform.
 */
export function timelinePlaces(project: Project, path: string): TimelinePlace[] {
  const found = new Map<string, { range: Range; timelines: Timeline[] }>();
  for (const timeline of timelinesOf(project)) {
    for (const { range } of placesOf(timeline).filter((place) => place.path === path)) {
      const key = `${range.start} ${range.end}`;
      const place = found.get(key) ?? { range, timelines: [] };
      found.set(key, place);
      if (!place.timelines.includes(timeline)) place.timelines.push(timeline);
    }
  }
  return [...found.values()];
}

function placesOf({ server, deployment, signal, kill, segments }: Timeline): Place[] {
  const sources = [kill, signal, ...segments].flatMap((part) => part.sources.flatMap(({ at }) => at ?? []));
  const isPeriodSet = kill.sources.some(({ at }) => at);
  const listeners = server.listeners.filter(({ signals }) => signals.includes(signal.name));
  return [...sources, ...listeners, ...(deployment && !isPeriodSet ? [deployment.at] : [])];
}
