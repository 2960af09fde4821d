import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { Handover, Route } from '../../../project/serving.ts';
import type { Insertion } from '../../source/insertion.ts';
import { type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { routeStatement, useBefore } from './routes.ts';

/**
 * The guard before each path of an Express server that speaks the legacy SSE transport, alone or beside Streamable
 * HTTP; `undefined` where one of them has no place.
 */
export function guardWithSse(project: Project, { routes }: McpServer): Insertion[] | undefined {
  const taking = routes.filter(({ handsTo }) => handsTo !== undefined);
  // Where messages come in by a way that is not seen, calls would pass the guard.
  if (!taking.some(({ handovers }) => handovers.some(takesMessage))) return undefined;
  const lines = taking.filter(isFirstOfPath).map((route) => guardOf(project, route, taking));
  const known = lines.flatMap((line) => line ?? []);
  return known.length > 0 && lines.every((line) => line !== undefined) ? known : undefined;
}

function isFirstOfPath({ path, pattern, call }: Route, _: number, routes: readonly Route[]): boolean {
  return routes.every(
    (other) => other.path !== path || other.pattern !== pattern || other.call.start >= call.start,
  );
}

function guardOf(project: Project, route: Route, routes: readonly Route[]): Insertion[] | undefined {
  const found = routeStatement(project, route);
  if (!found || route.method === 'use') return undefined;
  const unparsed = routes
    .filter(({ path, pattern }) => path === route.path && pattern === route.pattern)
    .flatMap(({ method, handovers }) => handovers.filter((handover) => isUnparsed(handover, method)));
  if (unparsed.length === 0) return [useBefore(found, 'admit')];
  const express = expressIn(found.into);
  const passed = unparsed.flatMap((handover) => bodyPassed(project, handover) ?? []);
  if (!express || passed.length < unparsed.length) return undefined;
  // The transport reads up to 4 MB itself.
  return [useBefore(found, `${express}.json({ limit: '4mb' }), admit`), ...passed];
}

function takesMessage({ call: { callee } }: Handover): boolean {
  return callee.kind === 'member' && callee.property === 'handlePostMessage';
}

/** `transport.handlePostMessage(req, res)`, or `handleRequest(req, res)` of a POST: the transport reads the body. */
function isUnparsed(handover: Handover, method: Route['method']): boolean {
  const { callee, args } = handover.call;
  const isPost = callee.kind === 'member' && callee.property === 'handleRequest' && method === 'post';
  return (takesMessage(handover) || isPost) && args.length === 2;
}

function bodyPassed(project: Project, { path, call }: Handover): Insertion | undefined {
  const into = plannedFile(project, path);
  const [req, res] = call.args;
  if (!into || req?.kind !== 'name' || !res) return undefined;
  return { into, at: { offset: res.end }, code: `, ${req.name}.body` };
}

/** How a file names the module express. */
function expressIn({ facts }: PlannedFile): string | undefined {
  const imported = facts.bindings.find(
    (binding) => binding.imported?.specifier === 'express' && /^(default|\*)$/.test(binding.imported.name),
  );
  return (imported ?? facts.bindings.find(({ name }) => name === 'express'))?.name;
}
