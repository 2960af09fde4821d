import type { Expr } from '../../languages/source/facts.ts';
import type { CallExpr, Program } from '../program.ts';
import { listeningFramework, transportOf } from '../transports.ts';
import { type FunctionRef, functionsOf } from '../value.ts';
import type { Values } from '../values.ts';
import { branchesIn } from './branches.ts';
import { type Handover, handoversFrom } from './handovers.ts';
import { httpMethods, type Route } from './route.ts';

const verbs = /^(get|post|put|patch|delete|head|options|all)$/;
const registering = /^(get|post|put|patch|delete|head|options|all|use|on|route|addHook)$/;

/** Packages whose objects take routes and never listen themselves. */
const routers: ReadonlyMap<string, string> = new Map([
  ['hono', 'hono'],
  ['@hono/zod-openapi', 'hono'],
  ['@modelcontextprotocol/hono', 'hono'],
  ['@koa/router', 'koa'],
  ['koa-router', 'koa'],
]);

/** The routes, middleware and request listeners that one function's own body registers. */
export function routesIn(path: string, fn: number, program: Program, values: Values): Route[] {
  return program
    .callsIn(path, fn)
    .flatMap((call) => new Registration(path, fn, call, program, values).routes());
}

/** One call that may register something for requests. */
class Registration {
  constructor(
    private readonly path: string,
    private readonly fn: number,
    private readonly call: CallExpr,
    private readonly program: Program,
    private readonly values: Values,
  ) {}

  routes(): Route[] {
    const { callee, args } = this.call;
    if (args.length === 0) return [];
    const listener = this.requestListener();
    if (listener) return this.listener(listener);
    if (callee.kind !== 'member' || !registering.test(callee.property)) return [];
    const framework = this.frameworkOf(callee.object);
    if (!framework || framework === 'http') return [];
    if (callee.property === 'addHook') return this.route(framework, ['use'], undefined, args);
    if (callee.property === 'use') return this.middleware(framework);
    if (callee.property === 'route') return this.byOptions(framework);
    if (callee.property === 'on') return this.byMethodList(framework);
    return this.byVerb(framework, callee.property as Route['method'], callee.object);
  }

  /** `createServer(listener)`, `server.on('request', listener)` of node:http. */
  private requestListener(): FunctionRef[] | undefined {
    const { callee, args } = this.call;
    const [event] = args;
    const isOn = callee.kind === 'member' && callee.property === 'on' && this.patternOf(event) === 'request';
    const isMade = this.values
      .of(callee, this.path, this.fn)
      .some(
        (value) =>
          value.kind === 'foreign' && /^https?$/.test(value.module) && value.member === 'createServer',
      );
    return isOn || isMade ? this.functions(args) : undefined;
  }

  /** A listener that tells no paths apart serves all of them. */
  private listener(listeners: readonly FunctionRef[]): Route[] {
    const branches = this.branches(listeners, 'http');
    if (branches.some(({ handsTo }) => handsTo)) return branches;
    return [...branches, ...this.route('http', ['all'], undefined, this.call.args)];
  }

  private middleware(framework: string): Route[] {
    const { args } = this.call;
    const own = this.route(framework, ['use'], this.patternOf(args[0]), args);
    return framework === 'koa' ? [...own, ...this.branches(this.functions(args), framework)] : own;
  }

  private branches(listeners: readonly FunctionRef[], framework: string): Route[] {
    const { path, fn, call } = this;
    return branchesIn(listeners, { in: { path, fn }, call, framework }, this.program, this.values);
  }

  /** Fastify's `app.route({ method, url, handler })`. Express's `app.route('/mcp')` is read with the verbs behind it. */
  private byOptions(framework: string): Route[] {
    const [options] = this.call.args;
    if (options?.kind !== 'object') return [];
    const property = (name: string) => options.properties.find(({ key }) => key === name)?.value;
    const handler = property('handler');
    if (!handler) return [];
    const given = [...hooksIn(options), handler];
    return this.route(framework, this.methodsOf(property('method')), this.patternOf(property('url')), given);
  }

  /** Hono's `app.on(['GET', 'POST'], '/mcp', handler)`. */
  private byMethodList(framework: string): Route[] {
    const [methods, pattern, ...handlers] = this.call.args;
    if (framework !== 'hono' || handlers.length === 0) return [];
    return this.route(framework, this.methodsOf(methods), this.patternOf(pattern), handlers);
  }

  private methodsOf(expr: Expr | undefined): Route['method'][] {
    const methods = this.stringsOf(expr).flatMap((name) => httpMethods.get(name.toUpperCase()) ?? []);
    return methods.length > 0 ? methods : ['all'];
  }

  private byVerb(framework: string, verb: Route['method'], object: Expr): Route[] {
    const [first, ...others] = this.call.args;
    const chained = chainedPattern(object);
    const handlers = chained ? this.call.args : others;
    // `app.get('title')` of Express reads a setting.
    return handlers.length > 0
      ? this.route(framework, [verb], this.patternOf(chained ?? first), handlers)
      : [];
  }

  private route(
    framework: string,
    methods: readonly Route['method'][],
    pattern: string | undefined,
    given: readonly Expr[],
  ): Route[] {
    const { path, fn, call } = this;
    const handlers = this.functions(given);
    const handovers = handoversFrom(handlers, this.program, this.values);
    const handsTo = this.handlerMade(given) ?? handovers[0]?.transport;
    const route = { path, fn, call, framework, pattern, handlers, branch: undefined, handovers, handsTo };
    return methods.map((method) => ({ ...route, method }));
  }

  /**
   * The functions among some arguments, those written inside a wrapper (`asyncHandler(async (req, res) => ...)`), and the
   * hooks that Fastify's options of a route hold.
   */
  private functions(given: readonly Expr[]): FunctionRef[] {
    return given.flatMap((argument) => {
      if (argument.kind === 'array') return this.functions(argument.elements);
      if (argument.kind === 'object') return this.functions(hooksIn(argument));
      const own = functionsOf(this.values.of(argument, this.path, this.fn));
      return own.length > 0 || argument.kind !== 'call' ? own : this.functions(argument.args);
    });
  }

  /** `toNodeHandler(createMcpHandler(...))` is a handler as it is. */
  private handlerMade(given: readonly Expr[]): Handover['transport'] | undefined {
    const made = given.flatMap((argument) => this.values.of(argument, this.path, this.fn).map(transportOf));
    return made.includes('streamable-http') ? 'streamable-http' : undefined;
  }

  private frameworkOf(object: Expr): string | undefined {
    for (const value of this.values.of(object, this.path, this.fn)) {
      const known = value.kind === 'foreign' ? routers.get(value.module) : undefined;
      if (known) return known;
    }
    const { path, fn, call } = this;
    const range = { start: call.start, end: call.end };
    return listeningFramework(object, { path, fn, call, range }, this.program, this.values);
  }

  private patternOf(expr: Expr | undefined): string | undefined {
    const [first] = expr ? this.stringsOf(expr) : [];
    return first;
  }

  /** All strings of an expression or of an array, where nothing else is possible. */
  private stringsOf(expr: Expr | undefined): string[] {
    if (!expr) return [];
    if (expr.kind === 'array') return expr.elements.flatMap((element) => this.stringsOf(element));
    const { strings, isComplete } = this.values.strings(expr, this.path, this.fn);
    return isComplete ? strings : [];
  }
}

const hooks = /^(onRequest|preParsing|preValidation|preHandler)$/;

/** What runs before a route's handler: `{ onRequest: refuse, preHandler: [authenticate] }`. */
function hooksIn({ properties }: Extract<Expr, { kind: 'object' }>): Expr[] {
  return properties.flatMap(({ key, value }) => (hooks.test(key ?? '') ? [value] : []));
}

/** The path of `app.route('/mcp').get(...).post(...)`. */
function chainedPattern(object: Expr): Expr | undefined {
  if (object.kind !== 'call' || object.callee.kind !== 'member') return undefined;
  if (object.callee.property === 'route') return object.args[0];
  return verbs.test(object.callee.property) ? chainedPattern(object.callee.object) : undefined;
}
