import type { Fix } from '../../engine/types.ts';
import type { Expr, Statement } from '../../languages/source/facts.ts';
import type { CallExpr } from '../../project/program.ts';
import type { Project } from '../../project/project.ts';
import { codeStyleOf } from '../codeStyle.ts';
import { plannedFile } from './plannedFile.ts';
import { placeOf, statementThatIs } from './statements.ts';

/** Where an exit stands. */
interface ExitCall {
  readonly path: string;
  readonly fn: number;
  readonly call: CallExpr;
}

/** Replaces an exit that is a statement of its own by an error, with the text that is logged just before it. */
export function throwInstead(project: Project, { path, fn, call }: ExitCall, ruleId: string): Fix[] {
  const into = plannedFile(project, path);
  if (!into) return [];
  const { file, facts } = into;
  const statement = statementThatIs(facts, fn, call);
  // Code 0 says that all went well: then an error is not what was meant.
  if (!statement || (call.args[0]?.kind === 'literal' && call.args[0].value === 0)) return [];
  const block = placeOf(facts, fn, statement)?.block ?? [];
  const before = block[block.indexOf(statement) - 1];
  const logged = before && loggedText(before, file.text);
  const { quote } = codeStyleOf(path, file.text, facts);
  const newText = `throw new Error(${logged ?? `${quote}The call failed${quote}`})`;
  return [
    {
      ruleId,
      title: 'Throw an error instead of exiting',
      isSafe: false,
      isPreferred: true,
      edits: new Map([[path, [{ start: call.start, end: call.end, newText }]]]),
    },
  ];
}

/** The text of `console.error('...')`, as it is written. */
function loggedText(statement: Statement, text: string): string | undefined {
  if (statement.kind !== 'expression' || statement.expr.kind !== 'call') return undefined;
  const { callee, args } = statement.expr;
  const [message] = args;
  if (callee.kind !== 'member' || !/^(log|error|warn|fatal)$/.test(callee.property)) return undefined;
  return message && args.length === 1 && isText(message) ? text.slice(message.start, message.end) : undefined;
}

function isText(expr: Expr): boolean {
  return expr.kind === 'template' || (expr.kind === 'literal' && typeof expr.value === 'string');
}
