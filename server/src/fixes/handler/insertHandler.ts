import type { Fix } from '../../engine/types.ts';
import type { SourceFacts } from '../../languages/source/facts.ts';
import type { Project } from '../../project/project.ts';
import type { McpServer } from '../../project/server.ts';
import type { TextEdit } from '../../text/edits.ts';
import { basename, dirname, extname, joinPath, relativePath } from '../../text/paths.ts';
import { type CodeStyle, codeStyleOf, inStyle } from '../codeStyle.ts';
import { indentationAt } from '../textStyle.ts';
import {
  type HandlerPlan,
  type PlannedFile,
  type PlannedRoute,
  planHandler,
  type ServingPlace,
} from './plan.ts';
import { functionsOf, importsOf, stateOf } from './runtime.ts';

/**
 * Inserts a handler that drains, made from what the server is: into the file that starts it, or as a module beside
 * it. Offered only for shapes that were proven by running servers; everything else gives none.
 */
export function insertHandler(project: Project, server: McpServer, ruleId: string): Fix[] {
  const plan = planHandler(project, server);
  if (!plan) return [];
  const shapes = [
    { title: 'Insert a graceful shutdown handler', edits: inlineEdits(plan) },
    {
      title: 'Insert a graceful shutdown handler, as a module of its own',
      edits: moduleEdits(project, plan),
    },
  ];
  return shapes
    .filter(({ edits }) => edits !== undefined)
    .map(({ title, edits }, index) => ({
      ruleId,
      title,
      // It changes what the process does when it is stopped: a person looks at it first.
      isSafe: false,
      isPreferred: index === 0,
      edits: edits as Map<string, TextEdit[]>,
    }));
}

function inlineEdits(plan: HandlerPlan): Map<string, TextEdit[]> | undefined {
  const [main] = plan.serving;
  const { file, facts } = main;
  const wired = wiring(plan);
  if (!wired || wired.size > 1 || isAnyTaken(`${stateOf(plan.needs)}\n${functionsOf(plan.needs)}`, facts))
    return undefined;
  const { text } = file;
  const style = codeStyleOf(file.path, text, facts);
  const { newline } = style;
  const imports = [
    ...runtimeImports(plan, style, main, usesImports(main)),
    ...placeImports(plan, main, style),
  ]
    .map((line) => newline + line)
    .join('');
  const end = text.replace(/\s+$/, '').length;
  return new Map([
    [
      file.path,
      [
        ...(wired.get(file.path)?.edits ?? []),
        insertAt(lastImportEnd(main), `${imports}${newline}${newline}${inStyle(stateOf(plan.needs), style)}`),
        insertAt(end, `${newline}${newline}${inStyle(functionsOf(plan.needs), style)}`),
      ],
    ],
  ]);
}

/** Whether a name that a template declares means something else in the file already. */
function isAnyTaken(template: string, facts: SourceFacts): boolean {
  const declared = [...template.matchAll(/^[‹›]?(?:async )?(?:function|const|let|type) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const taken = new Set(facts.bindings.map(({ name }) => name));
  return declared.some((name) => name !== undefined && taken.has(name));
}

function moduleEdits(project: Project, plan: HandlerPlan): Map<string, TextEdit[]> | undefined {
  const [main] = plan.serving;
  const { file, facts } = main;
  const wired = wiring(plan);
  const path = joinPath(dirname(file.path), `shutdown${extname(file.path)}`);
  // CommonJS needs another form of imports and exports; a file of that name is somebody's.
  if (!wired || project.files.has(path) || !usesImports(main)) return undefined;
  // A .cts file cannot load an .mts module, nor the other way round.
  if ([...wired.keys()].some((user) => moduleKind(user) !== moduleKind(path))) return undefined;
  const style = codeStyleOf(file.path, file.text, facts);
  const { newline } = style;
  const edits = new Map<string, TextEdit[]>();
  for (const [user, { planned, edits: inFile, names }] of wired) {
    if (planned.facts.bindings.some(({ name }) => names.has(name))) return undefined;
    const own = codeStyleOf(user, planned.file.text, planned.facts);
    const specifier = importPath(user, path, planned);
    const line = inStyle(`import { ${[...names].sort().join(', ')} } from '${specifier}';`, own);
    const lines = [line, ...placeImports(plan, planned, own)];
    edits.set(user, [
      ...inFile,
      insertAt(lastImportEnd(planned), lines.map((each) => own.newline + each).join('')),
    ]);
  }
  const exported = new Set([...wired.values()].flatMap(({ names }) => [...names]));
  const functions = functionsOf(plan.needs).replace(/^(async )?function (\w+)/gm, (head, _, name: string) =>
    exported.has(name) ? `export ${head}` : head,
  );
  const head = [...sdkImport(plan, style), ...runtimeImports(plan, style, undefined, true)].join(newline);
  const body = [head, inStyle(stateOf(plan.needs), style), inStyle(functions, style)].filter(
    (part) => part !== '',
  );
  edits.set(path, [insertAt(0, body.join(newline + newline) + newline)]);
  return edits;
}

/** `m`, `c` or nothing: what a file's ending says of its module system. */
function moduleKind(path: string): string {
  return /\.([mc]?)[jt]sx?$/.exec(path)?.[1] ?? '';
}

interface Wired {
  readonly planned: PlannedFile;
  readonly edits: TextEdit[];
  /** Functions of the handler that the file calls. */
  readonly names: Set<string>;
}

/** SDK 2 aborts the calls in flight when it sees the end of stdin; read through this, it does not. */
const keptOpen = 'process.stdin.pipe(new PassThrough(), { end: false })';

/** The lines that connect a server with its handler, by file; `undefined` where one has no place. */
function wiring(plan: HandlerPlan): Map<string, Wired> | undefined {
  const files = new Map<string, Wired>();
  let isPossible = true;
  const add = (planned: PlannedFile, name: string, edit: TextEdit | undefined) => {
    const { path } = planned.file;
    const wired = files.get(path) ?? { planned, edits: [], names: new Set<string>() };
    files.set(path, wired);
    wired.names.add(name);
    if (edit) wired.edits.push(edit);
    else isPossible = false;
  };
  for (const instance of plan.instances) {
    const { place, object } = instance;
    const code = `trackToolCalls(${object});`;
    const edit =
      'after' in place ? lineAfter(instance, place.after, code) : lineBefore(instance, place.before, code);
    add(instance, 'trackToolCalls', edit);
  }
  if (plan.guarded) add(plan.guarded, 'admit', routeBefore(plan.guarded, 'admit'));
  for (const route of plan.health) add(route, 'reportStopping', routeBefore(route, 'reportStopping'));
  for (const place of plan.serving) {
    const { facts, start, listener, stdio } = place;
    if (stdio && plan.needs.sdk === 2) {
      if (stdio.args.length > 0) return undefined;
      add(place, 'stopOnSignals', insertAt(stdio.end - 1, keptOpen));
    }
    if (listener && !listener.object) {
      if (facts.bindings.some(({ name }) => name === 'listener')) return undefined;
      add(place, 'stopOnSignals', insertAt(start.start, 'const listener = '));
    }
    add(place, 'stopOnSignals', lineAfter(place, start, `stopOnSignals(${argumentsFor(place, plan)});`));
    if (listener) files.get(place.file.path)?.names.add('closeListener');
  }
  return isPossible ? files : undefined;
}

/** The steps after the drain, one a line where there are several, and whether stdio is served here. */
function argumentsFor({ listener, resources }: ServingPlace, { needs }: HandlerPlan): string {
  const steps = [
    ...(listener ? [`['HTTP listener', () => closeListener(${listener.object ?? 'listener'})]`] : []),
    ...resources.map(({ what, release }) => `['${what}', () => ${release}]`),
  ];
  const list =
    steps.length < 2 ? `[${steps.join('')}]` : `[\n${steps.map((step) => `  ${step},`).join('\n')}\n]`;
  return [
    ...(needs.hasSteps ? [list] : []),
    ...(needs.isStdio && needs.http && !listener ? ['true'] : []),
  ].join(', ');
}

function routeBefore(route: PlannedRoute, middleware: string): TextEdit | undefined {
  return lineBefore(route, route.before, `${route.app}.use('${route.pattern}', ${middleware});`);
}

function lineBefore(
  { file, facts }: PlannedFile,
  { start }: { start: number },
  code: string,
): TextEdit | undefined {
  const indent = indentationAt(file.text, start);
  if (indent === undefined) return undefined;
  const style = codeStyleOf(file.path, file.text, facts);
  return insertAt(start, `${inStyle(code, style)}${style.newline}${indent}`);
}

function lineAfter(
  { file, facts }: PlannedFile,
  { start, end }: { start: number; end: number },
  code: string,
): TextEdit | undefined {
  const indent = indentationAt(file.text, start);
  if (indent === undefined) return undefined;
  const style = codeStyleOf(file.path, file.text, facts);
  return insertAt(end, style.newline + inStyle(code, style, indent));
}

/** Imports that the inserted functions need, where the file does not have them yet. */
function runtimeImports(
  { needs }: HandlerPlan,
  style: CodeStyle,
  into: PlannedFile | undefined,
  isEsm: boolean,
): string[] {
  const taken = new Set(into?.facts.bindings.map(({ name }) => name));
  return importsOf(needs)
    .filter(({ name, isType }) => !taken.has(name) && (style.isTypeScript || !isType))
    .map(({ line }) => inStyle(isEsm || style.isTypeScript ? line : asRequire(line), style));
}

/** `import { x } from 'y';` as CommonJS writes it. */
function asRequire(line: string): string {
  return line.replace(/^import (\{.*\}) from ('.*');$/, 'const $1 = require($2);');
}

/** Imports of what the inserted lines of a file name: resources that it does not know yet, the pipe of SDK 2. */
function placeImports({ serving, needs }: HandlerPlan, into: PlannedFile, style: CodeStyle): string[] {
  const imported = serving
    .filter(({ file }) => file.path === into.file.path)
    .flatMap(({ resources }) => resources.flatMap((resource) => resource.imported ?? []));
  const lines = imported.map(
    ({ name, path }) => `import { ${name} } from '${importPath(into.file.path, path, into)}';`,
  );
  const isKept = needs.sdk === 2 && serving.some(({ file, stdio }) => stdio && file.path === into.file.path);
  if (isKept) lines.push("import { PassThrough } from 'node:stream';");
  return [...new Set(lines)].map((line) => inStyle(line, style));
}

function sdkImport({ needs }: HandlerPlan, style: CodeStyle): string[] {
  if (!style.isTypeScript) return [];
  const name = needs.serverType === 'Server' ? 'Server' : 'McpServer';
  const first = `@modelcontextprotocol/sdk/server/${name === 'Server' ? 'index' : 'mcp'}.js`;
  return [
    inStyle(
      `import type { ${name} } from '${needs.sdk === 1 ? first : '@modelcontextprotocol/server'}';`,
      style,
    ),
  ];
}

function usesImports({ file, facts }: PlannedFile): boolean {
  return facts.imports.some(
    ({ kind, range }) => kind === 'static' && !file.text.slice(range.start, range.end).startsWith('require'),
  );
}

/** How a file imports the new module: with the ending that its other relative imports have. */
function importPath(user: string, module: string, { facts }: PlannedFile): string {
  const relative = relativePath(dirname(user), module);
  const stem = (relative.startsWith('.') ? relative : `./${relative}`).slice(0, -extname(module).length);
  const own = facts.imports
    .map(({ specifier }) => specifier)
    .filter((specifier) => /^\.{1,2}\//.test(specifier));
  if (own.some((specifier) => specifier.endsWith(extname(basename(module))))) return stem + extname(module);
  const isBare = own.length > 0 && own.every((specifier) => !/\.[cm]?[jt]s$/.test(specifier));
  return isBare ? stem : stem + extname(module).replace('t', 'j');
}

/** The end of the last import at the top of the file, behind its semicolon. */
function lastImportEnd({ facts, file }: PlannedFile): number {
  const last = facts.imports.filter(({ kind }) => kind === 'static').at(-1);
  if (!last) return 0;
  const lineEnd = /\r?\n|\r|$/g;
  lineEnd.lastIndex = last.range.end;
  return lineEnd.exec(file.text)?.index ?? file.text.length;
}

function insertAt(offset: number, newText: string): TextEdit {
  return { start: offset, end: offset, newText };
}
