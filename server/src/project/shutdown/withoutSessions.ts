import type { Expr } from '../../languages/source/facts.ts';
import type { Values } from '../values.ts';

/**
 * Whether every FastMCP of a program is started without sessions (`httpStream: { stateless: true }`): then its `stop()`
 * only stops listening, and is over when the open requests are.
 */
export function isWithoutSessions(values: Values): boolean {
  const starts = values.program
    .callsNamed('start')
    .filter(({ path, fn, call }) =>
      values
        .of(call.callee, path, fn)
        .some((value) => value.kind === 'foreign' && value.module === 'fastmcp'),
    );
  return (
    starts.length > 0 &&
    starts.every(({ call: { args } }) => {
      const stateless = propertyOf(propertyOf(args[0], 'httpStream'), 'stateless');
      return stateless?.kind === 'literal' && stateless.value === true;
    })
  );
}

function propertyOf(expr: Expr | undefined, name: string): Expr | undefined {
  return expr?.kind === 'object' ? expr.properties.find(({ key }) => key === name)?.value : undefined;
}
