import { type ChildProcess, fork } from 'node:child_process';
import type { Examined } from './examine.ts';

/** Whatever takes this long does not end. */
const patienceMs = 60_000;

/** A process that examines inputs: it can be ended where it hangs, and started again where it crashed. */
export class WorkerProcess {
  private child: ChildProcess | undefined;

  constructor(
    private readonly program: string,
    private readonly args: readonly string[],
  ) {}

  /** What came of one input; a hang and a crash are problems too. */
  run(index: number): Promise<Examined> {
    this.child ??= fork(this.program, [...this.args], { execArgv: ['--max-old-space-size=1500'] });
    const { child } = this;
    return new Promise((done) => {
      const settle = (examined: Examined) => {
        clearTimeout(timer);
        child.removeAllListeners();
        done(examined);
      };
      const giveUp = (problem: string) => {
        this.stop();
        settle({ problems: [problem], findings: 0, fixes: 0 });
      };
      const timer = setTimeout(() => giveUp(`no end after ${patienceMs / 1000} s`), patienceMs);
      child.once('message', (answer) => settle(answer as Examined));
      child.once('exit', (code, signal) => giveUp(`the process ended with ${signal ?? code}`));
      child.send(index);
    });
  }

  stop(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}
