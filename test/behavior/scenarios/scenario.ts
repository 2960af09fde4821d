import type { Case } from '../cases.ts';
import type { Answer } from '../run/clients.ts';
import type { RunningServer } from '../run/runningServer.ts';
import type { Launcher } from '../run/start.ts';
import { outcome, patience } from '../run/waiting.ts';

/** One thing that a stopped server must do right. */
export interface Scenario {
  readonly name: string;
  /** For the reader of the matrix. */
  readonly meaning: string;
  /** Whether it can be asked of such a server. */
  applies(of: Case): boolean;
  /** @throws {Error} with what the server did wrong */
  run(launcher: Launcher): Promise<void>;
}

/** The machine does not permit what a scenario needs. */
export class NotPermittedError extends Error {}

/** What a machine under load may take on top, in ms: far less than a drain that waits in vain (see Launcher). */
export const slack = 2_500 * patience;

/** How long an answer may take, in ms: longer than any call and any drain of the tests. */
const answerMs = 4_000 + 2_000 * patience;

export const everywhere = () => true;
export const overStdio = ({ transport }: Case) => transport === 'stdio';
export const overHttp = ({ transport }: Case) => transport !== 'stdio';

/** @throws unless the server exits with this code within `ms` of being asked to */
export async function expectExit(server: RunningServer, code: number, ms: number): Promise<void> {
  // A late exit is awaited a little longer: when it came is worth more than that it was late.
  const exit = await server.exitWithin(ms + 6_000);
  if (!exit) throw new Error(`no exit; ${code} expected within ${ms} ms`);
  const end = exit.signal ? `killed by ${exit.signal}` : `exit ${exit.code}`;
  if (exit.signal || exit.code !== code) throw new Error(`${end}, not exit ${code}`);
  if (exit.ms > ms) throw new Error(`${end} after ${Math.round(exit.ms)} ms; at most ${ms} allowed`);
}

/** @throws unless every call gets the answer of a tool that was let finish */
export async function expectAnswers(calls: readonly Promise<Answer>[], text: RegExp): Promise<void> {
  const answers = await Promise.all(calls.map((call) => outcome(call, answerMs)));
  const wrong = answers.filter(
    (answer) => typeof answer === 'string' || answer.isError || !text.test(answer.content[0]?.text ?? ''),
  );
  if (wrong.length === 0) return;
  throw new Error(`${wrong.length} of ${calls.length} calls unanswered: ${shown(wrong[0])}`);
}

/** @throws unless the call gets an answer that says that it failed */
export async function expectErrorAnswer(call: Promise<Answer>): Promise<void> {
  const answer = await outcome(call, answerMs);
  if (typeof answer === 'string' || !answer.isError) throw new Error(`no isError answer: ${shown(answer)}`);
}

function shown(answer: unknown): string {
  return (typeof answer === 'string' ? answer : JSON.stringify(answer)).slice(0, 160);
}
