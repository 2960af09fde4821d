import type { Directive } from '../directives.ts';
import { hashDirectives } from '../hashComments.ts';
import type { Instruction } from './instructions.ts';

/**
 * The suppression comments of a Dockerfile. Above an instruction one speaks of all its lines, inside a continued
 * instruction of the next line; in heredocs there are none.
 */
export function dockerfileDirectives(text: string, instructions: readonly Instruction[]): Directive[] {
  const heredocs = instructions.flatMap(({ heredocs: lines }) => lines ?? []);
  const byStart = new Map(instructions.map((instruction) => [instruction.keywordRange.start, instruction]));
  return hashDirectives(text, heredocs).map((directive) => ({
    ...directive,
    targetEnd: instructionEnd(text, directive.target, byStart),
  }));
}

/** The end of the instruction that begins on the line of `target`, where one does. */
function instructionEnd(
  text: string,
  target: number,
  byStart: ReadonlyMap<number, Instruction>,
): number | undefined {
  const indentation = /[ \t\uFEFF]*/y;
  indentation.lastIndex = target;
  indentation.test(text);
  const first = byStart.get(indentation.lastIndex);
  return first && (first.heredocs ?? first.argument.range).end;
}
