import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const page = 'docs/behavior-matrix.md';
const parts = ['whole', 'small'] as const;

/** Puts one part of the page anew; what another run wrote into the other part stays. */
export function writePart(part: (typeof parts)[number], text: string): void {
  const old = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const mark = (name: string) => `<!-- part: ${name} -->\n\n`;
  const kept = (name: string) => old.split(mark(name))[1]?.split('<!-- part: ')[0]?.trimEnd() ?? '';
  const contents = parts.map((name) => mark(name) + (name === part ? text.trimEnd() : kept(name)));
  const head = [
    '# What a fixed server does when it is stopped',
    '',
    '<!-- Written by `npm run test:behavior`. Do not edit. -->',
  ].join('\n');
  writeFileSync(page, `${[head, ...contents].join('\n\n')}\n`);
}
