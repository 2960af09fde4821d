import type { ClassFact, Expr, SourceFacts } from '../../languages/source/facts.ts';
import { walkExpression, walkStatements } from '../../languages/source/walk.ts';
import type { Range } from '../../text/range.ts';
import { memoized } from '../memoize.ts';
import { baseOf } from '../transports.ts';
import { functionsOf, type Value } from '../value.ts';
import type { Values } from '../values.ts';
import type { ToolHandler } from './toolHandler.ts';

const handlerNames = /^(handler|execute|handle|invoke|logic|run|callback|call|func|cb)$/;
/** Commands of a command line have these too; a tool is told by its schema then. */
const weakHandlerNames = /^(run|callback|call|func|cb)$/;
const schemaNames = /^(inputSchema|paramsSchema|argsShape|toolSchema|input|shape|parameters|params|schema)$/;
const strongSchemaNames = /^(inputSchema|paramsSchema|argsShape|toolSchema)$/;
const nameNames = /^(name|toolName)$/;

/** An object that says of itself that it is a tool: a name, a description or schema, and a function. */
interface ToolObject {
  readonly fn: number;
  readonly name: Expr;
  readonly handler: Expr;
}

/**
 * The tools that live code of a file defines by objects or classes, whoever registers them, and those that NestJS
 * finds by their decorator.
 * @param live the functions of the file that may run
 */
export function definedTools(path: string, live: ReadonlySet<number>, values: Values): ToolHandler[] {
  const facts = values.program.facts(path);
  if (!facts) return [];
  const objects = toolObjects(facts).filter(({ fn }) => live.has(fn));
  return [
    ...objects.flatMap((object) => fromObject(object, path, values)),
    ...facts.classes.flatMap((cls) => [...fromClass(cls, path, values), ...decorated(cls, path, values)]),
  ];
}

function fromObject({ fn, name, handler }: ToolObject, path: string, values: Values): ToolHandler[] {
  const refs = functionsOf(values.of(handler, path, fn));
  const [first] = refs;
  if (first && refs.length === 1) {
    return [toolOf(first, 'definition', nameOf(name, path, fn, values), path, name)];
  }
  // A factory that makes many tools: each is known by its function only.
  return refs.flatMap((ref) => {
    const own = values.program.functionAt(ref.path, ref.fn);
    const at = own && (own.nameRange ?? { start: own.range.start, end: own.body.start });
    return at ? [toolOf(ref, 'definition', undefined, ref.path, at)] : [];
  });
}

function fromClass(cls: ClassFact, path: string, values: Values): ToolHandler[] {
  const isTool = /Tool/.test(cls.name) || cls.extends !== undefined;
  const method = cls.members.find((member) => handlerNames.test(member.name) && !member.isStatic);
  const name = cls.initializers.find((initializer) => nameNames.test(initializer.name));
  if (!isTool || !method || !name) return [];
  const isFramework = isMcpTool(cls, path, values);
  const names = weakHandlerNames.test(method.name) ? strongSchemaNames : schemaNames;
  if (!isFramework && !cls.initializers.some((initializer) => names.test(initializer.name))) return [];
  const text = nameOf(name.value, path, method.fn, values);
  return [toolOf({ path, fn: method.fn }, isFramework ? 'MCPTool' : 'definition', text, path, name.value)];
}

function isMcpTool(cls: ClassFact, path: string, values: Values): boolean {
  const base = baseOf({ kind: 'class', path, cls: cls.id }, values);
  return base?.kind === 'foreign' && base.module === 'mcp-framework' && base.member === 'MCPTool';
}

/** Methods under a `@Tool(...)` of an MCP module for NestJS. */
function decorated(cls: ClassFact, path: string, values: Values): ToolHandler[] {
  const facts = values.program.facts(path);
  return cls.initializers.flatMap(({ name, value }): ToolHandler[] => {
    if (name !== '@' || value.kind !== 'call') return [];
    const decorator = values.of(value.callee, path, 0).find((one) => isToolDecorator(one, values));
    if (!decorator) return [];
    const method = cls.members.find(({ fn }) => {
      const range = facts?.functions[fn]?.range;
      return range !== undefined && range.start <= value.start && value.end <= range.end;
    });
    const [options] = value.args;
    if (!method) return [];
    const properties = options?.kind === 'object' ? options.properties : [];
    const text = properties.find(({ key }) => key === 'name')?.value;
    const parameters = facts?.functions[method.fn]?.parameters.length ?? 0;
    const hasInputSchema = properties.some(({ key }) => key !== undefined && schemaNames.test(key));
    // The context that @rekog/mcp-nest hands over holds no signal.
    const takesSignal = !(decorator.kind === 'foreign' && decorator.module === '@rekog/mcp-nest');
    const tool = toolOf({ path, fn: method.fn }, '@Tool', undefined, path, text ?? value);
    return [
      {
        ...tool,
        name: text && nameOf(text, path, 0, values),
        cancellation:
          takesSignal && parameters > (hasInputSchema ? 1 : 0)
            ? { parameter: parameters - 1, property: 'signal' }
            : undefined,
        hasInputSchema,
      },
    ];
  });
}

function isToolDecorator(value: Value, values: Values): boolean {
  if (value.kind === 'foreign') return value.member === 'Tool' && /mcp/.test(value.module);
  return value.kind === 'function' && values.program.functionAt(value.path, value.fn)?.name === 'Tool';
}

function toolOf(
  ref: { path: string; fn: number },
  api: ToolHandler['api'],
  name: string | undefined,
  path: string,
  at: Range,
): ToolHandler {
  const range = { start: at.start, end: at.end };
  return {
    ...ref,
    name,
    api,
    registration: undefined,
    at: { path, range },
    cancellation: undefined,
    hasInputSchema: undefined,
    wrappers: [],
  };
}

/** The one name that an expression gives; `undefined` where there may be several. */
export function nameOf(expr: Expr, path: string, fn: number, values: Values): string | undefined {
  const { strings, isComplete } = values.strings(expr, path, fn);
  return isComplete && strings.length === 1 ? strings[0] : undefined;
}

/** By the keys alone; what the handler is, is asked later. */
const toolObjects = memoized((facts: SourceFacts): readonly ToolObject[] => {
  const found: ToolObject[] = [];
  for (const { id, statements } of facts.functions) {
    walkStatements(statements, (expr) => {
      const object = asToolObject(expr, id);
      if (object) found.push(object);
    });
  }
  for (const { initializers } of facts.classes) {
    for (const { value } of initializers) {
      walkExpression(value, (expr) => {
        const object = asToolObject(expr, 0);
        if (object) found.push(object);
      });
    }
  }
  return found;
});

function asToolObject(expr: Expr, fn: number): ToolObject | undefined {
  if (expr.kind !== 'object') return undefined;
  const keyed = (names: RegExp) => expr.properties.find(({ key }) => key !== undefined && names.test(key));
  const [name, handler, schema] = [keyed(nameNames), keyed(handlerNames), keyed(schemaNames)];
  const isDescribed = schema !== undefined && keyed(/^(description|title|annotations)$/) !== undefined;
  if (!name || !handler || !isDescribed) return undefined;
  if (weakHandlerNames.test(handler.key ?? '') && !keyed(strongSchemaNames)) return undefined;
  return { fn, name: name.value, handler: handler.value };
}
