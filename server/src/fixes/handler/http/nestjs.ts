import type { Expr } from '../../../languages/source/facts.ts';
import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import { isHealthRoute } from '../../../project/serving.ts';
import type { ServerStart } from '../../../project/transports.ts';
import type { ImportLine } from '../../source/imports.ts';
import { callsIn, type PlannedFile, plannedFile } from '../../source/plannedFile.ts';
import { holderOf } from '../../source/statements.ts';
import { statementWithRoom } from '../places/blocks.ts';
import type { Serving } from '../places/serving.ts';
import { reportStopping, shape } from './express.ts';
import type { HttpFramework } from './framework.ts';
import { admitting } from './guard.ts';
import { type NestRoute, nestRoutes } from './nestControllers.ts';

/**
 * NestJS 11 on Express. Nest hears the signals and calls the hooks of its modules, the root's first: a module around
 * the application's lets the calls finish there, before the other modules close what these need.
 */
export const nestjs: HttpFramework = {
  name: 'nestjs',
  listen: createdApplication,
  guard(project, server, use) {
    const routes =
      server.listeners.length === 0 && isSupported(project, server) ? nestRoutes(project, server) : [];
    const guarded = routes.filter(({ takesCalls }) => takesCalls);
    if (guarded.length === 0) return undefined;
    const health = routes.filter(
      ({ method, path }) => method === 'Get' && isHealthRoute({ method: 'get', pattern: `/${path}` }),
    );
    const hasStreams = guarded.some(({ method }) => method === 'Get' || method === 'All');
    return {
      insertions: [],
      functions: [
        withGracefulShutdown,
        admitting(shape, use, hasStreams),
        ...(health.length > 0 ? [reportStopping(use)] : []),
      ],
      imports,
      hasStreams,
      rootModule: rootModule(guarded, health),
    };
  },
};

/** Nest 11 takes the root down first (10 did last). Express is the default; the guard needs the parsed body. */
function isSupported(project: Project, { packageFile, starts }: McpServer): boolean {
  const facts = project.files.get(packageFile ?? '')?.facts;
  const version = facts?.language === 'package' ? facts.package.dependencies.get('@nestjs/core') : undefined;
  const main = starts.find(({ framework }) => framework === 'nestjs');
  const into = main && plannedFile(project, main.path);
  const isPlain = into !== undefined && !/FastifyAdapter|bodyParser|enableVersioning/.test(into.file.text);
  return isPlain && /\.[cm]?ts$/.test(into.file.path) && Number(/\d+/.exec(version ?? '')) >= 11;
}

/** `const app = await NestFactory.create(AppModule, ...)`, before `app.listen(...)` in the same function. */
function createdApplication({ call, fn }: ServerStart, into: PlannedFile): Serving | undefined {
  const app = call.callee.kind === 'member' ? textOf(call.callee.object, into) : undefined;
  for (const create of callsIn(into.facts, fn)) {
    const { callee, args } = create;
    const [module] = args;
    if (callee.kind !== 'member' || textOf(callee, into) !== 'NestFactory.create') continue;
    const statement = statementWithRoom(into, fn, create);
    const object = statement && holderOf(statement, create, into.facts, into.file.text);
    if (!statement || object !== app || module?.kind !== 'name') return undefined;
    const code = `withGracefulShutdown(${module.name})`;
    const enabling = `${object}.enableShutdownHooks`;
    const isEnabled = callsIn(into.facts, fn).some(({ callee }) => textOf(callee, into) === enabling);
    return {
      statement,
      insertions: [{ into, at: { replace: module }, code }],
      steps: [],
      register: isEnabled ? '' : `${enabling}();`,
    };
  }
  return undefined;
}

function textOf({ start, end }: Expr, { file }: PlannedFile): string {
  return file.text.slice(start, end);
}

const imports: readonly ImportLine[] = [
  { name: 'RequestHandler', from: 'express', isType: true },
  { name: 'HttpAdapterHost', from: '@nestjs/core' },
  ...['Inject', 'Module'].map((name) => ({ name, from: '@nestjs/common' })),
  ...['DynamicModule', 'MiddlewareConsumer', 'NestModule', 'Type'].map((name) => ({
    name,
    from: '@nestjs/common',
    isType: true,
  })),
];

const withGracefulShutdown = `function withGracefulShutdown(application: Type): DynamicModule {
  return { module: GracefulShutdown, imports: [application] };
}`;

function rootModule(guarded: readonly NestRoute[], health: readonly NestRoute[]): string {
  const list = (routes: readonly NestRoute[]) =>
    [...new Set(routes.map(({ path }) => `'${path}'`))].join(', ');
  const reporting = `\n    consumer.apply(reportStopping).forRoutes(${list(health)});`;
  return `
/** Stands around the application's module: Nest calls its hooks before those of the modules inside. */
@Module({})
class GracefulShutdown implements NestModule {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(admit).forRoutes(${list(guarded)});${health.length > 0 ? reporting : ''}
  }

  /** Before other modules close what the calls in flight need. */
  onModuleDestroy(): Promise<void> {
    return drain();
  }

  beforeApplicationShutdown(): Promise<void> {
    return closeListener(this.adapterHost.httpAdapter.getHttpServer());
  }

  /** At the end Nest sends itself the signal again, which process 1 of a container would not hear. */
  onApplicationShutdown(signal: NodeJS.Signals): void {
    process.prependOnceListener(signal, () => process.exit());
  }
}`;
}
