import type { ClassFact, Expr } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { callsIn, type PlannedFile, plannedFile } from '../../source/plannedFile.ts';

/** A method of a NestJS controller that answers requests. */
export interface NestRoute {
  /** `Get`, `Post`, `All` ... */
  readonly method: string;
  /** Without slashes at its ends, as `forRoutes` takes it. */
  readonly path: string;
  /** It hands requests to a transport. */
  readonly takesCalls: boolean;
}

const methods = /^(Get|Post|Put|Patch|Delete|Head|Options|All)$/;

type CallExpr = Extract<Expr, { kind: 'call' }>;

/** The routes of the controllers in a server's files; those whose path is no plain string are left out. */
export function nestRoutes(project: Project, { execution }: McpServer): NestRoute[] {
  return [...execution.live.keys()].flatMap((path) => {
    const into = plannedFile(project, path);
    return into ? into.facts.classes.flatMap((cls) => routesOf(cls, into)) : [];
  });
}

function routesOf({ initializers, members }: ClassFact, into: PlannedFile): NestRoute[] {
  const decorators = initializers.flatMap(({ name, value }): CallExpr[] =>
    name === '@' && value.kind === 'call' ? [value] : [],
  );
  const controller = decorators.find((decorator) => nameOf(decorator, into) === 'Controller');
  const prefix = controller && pathOf(controller);
  if (prefix === undefined) return [];
  return decorators.flatMap((decorator): NestRoute[] => {
    const method = nameOf(decorator, into) ?? '';
    const path = pathOf(decorator);
    const member = members.find(({ fn }) => {
      const { start, end } = into.facts.functions[fn]?.range ?? { start: 0, end: 0 };
      return start <= decorator.start && decorator.end <= end;
    });
    if (!methods.test(method) || path === undefined || !member) return [];
    const parts = [prefix, path].map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '');
    return [{ method, path: parts.join('/'), takesCalls: handsOn(into, member.fn) }];
  });
}

function nameOf({ callee }: CallExpr, { facts }: PlannedFile): string | undefined {
  const imported = callee.kind === 'name' ? facts.bindings[callee.binding]?.imported : undefined;
  return imported?.specifier === '@nestjs/common' ? imported.name : undefined;
}

/** The path that a decorator is given; `undefined` where it is no plain string. */
function pathOf({ args: [first] }: CallExpr): string | undefined {
  if (!first) return '';
  return first.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
}

function handsOn({ facts }: PlannedFile, fn: number): boolean {
  return callsIn(facts, fn).some(
    ({ callee }) => callee.kind === 'member' && callee.property === 'handleRequest',
  );
}
