import type { Expr, ImportFact, SourceFacts } from '../../languages/source/facts.ts';
import { usesImports } from './imports.ts';
import type { PlannedFile } from './plannedFile.ts';

/** Whether a file is written with `import` and `export`; what its text and its name leave open, its package says. */
export function isEsModule(planned: PlannedFile): boolean {
  const { path, text } = planned.file;
  if (usesImports(planned) || /^export\b/m.test(text) || path.endsWith('.mjs')) return true;
  return planned.packageType === 'module' && !path.endsWith('.cjs') && !planned.facts.imports.some(isRequire);
}

/** Whether a JavaScript file is written with `require` and `module.exports`. */
export function isCommonJs(planned: PlannedFile): boolean {
  return /\.c?js$/.test(planned.file.path) && !isEsModule(planned);
}

const isRequire = ({ kind }: ImportFact) => kind === 'static';

/** What a file gives to others by name: `export const x`, `exports.x = x`, `module.exports = { x }`. */
export function exportedValues({ exports }: SourceFacts): { readonly name: string; readonly value: Expr }[] {
  return exports.flatMap((fact) => {
    if (fact.kind !== 'value') return [];
    if (fact.name !== 'export=' || fact.value.kind !== 'object') return [fact];
    return fact.value.properties.flatMap(({ key, value, isGetter }) =>
      key === undefined || isGetter ? [] : [{ name: key, value }],
    );
  });
}

/** A line that gives one more function to others, in a file that may give something already. */
export function exportLine(name: string, { file }: PlannedFile): string {
  const isShort = /^exports\.\w+\s*=/m.test(file.text) && !/^module\.exports\s*=/m.test(file.text);
  return `${isShort ? '' : 'module.'}exports.${name} = ${name};`;
}

/** How the files that others of a server are written like give functions: `module.exports = { x }`, or one by one. */
export function exportLines(names: readonly string[], like: readonly PlannedFile[]): string[] {
  const [whole, ...single] = [
    /^module\.exports\s*=/m,
    /^exports\.\w+\s*=/m,
    /^module\.exports\.\w+\s*=/m,
  ].map((form) => like.filter(({ file }) => form.test(file.text)).length);
  const [short = 0, long = 0] = single;
  if ((whole ?? 0) >= short + long) return [`module.exports = { ${names.join(', ')} };`];
  const head = short >= long ? 'exports' : 'module.exports';
  return names.map((name) => `${head}.${name} = ${name};`);
}
