import type { Workspace } from '../project/workspace.ts';
import { check } from './check.ts';
import { areSame, noProjectSettings, projectSettings, type SettingsSources } from './config.ts';
import { describeError, type Log, once } from './log.ts';
import { Outcome } from './outcome.ts';
import type { Rule } from './types.ts';

/** The part of a workspace that the language server uses. */
export type OpenWorkspace = Pick<
  Workspace,
  'configure' | 'setOpenText' | 'closeText' | 'filesChanged' | 'snapshot'
>;

/** Runs the engine over a workspace, as folders, trust and settings ask. */
export class Analysis {
  private roots: readonly string[] = [];
  private trusted = true;
  private settings: SettingsSources = {};
  private isReady = () => {};
  /** Without the settings, a check would tell what they forbid. */
  private readonly ready = new Promise<void>((resolve) => {
    this.isReady = resolve;
  });
  private projectSettings = noProjectSettings;
  readonly log: Log;

  /** @param log hears of rules that fail and of what was left out, each once */
  constructor(
    readonly workspace: OpenWorkspace,
    readonly rules: readonly Rule[],
    log: Log,
  ) {
    this.log = once(log);
  }

  setRoots(roots: readonly string[], trusted: boolean): void {
    this.roots = roots;
    this.trusted = trusted;
    this.configure();
  }

  /** To be called before the first check can end. */
  setSettings(settings: SettingsSources): void {
    this.settings = settings;
    this.isReady();
  }

  /** Checks the workspace as it is. @throws the signal's reason when it is aborted meanwhile. */
  async run(signal: AbortSignal): Promise<Outcome> {
    await this.ready;
    const sources = this.settings;
    let project = await this.workspace.snapshot(signal);
    const wanted = projectSettings(project, sources);
    if (!areSame(wanted, this.projectSettings)) {
      this.projectSettings = wanted;
      this.configure();
      project = await this.workspace.snapshot(signal);
    }
    const { findings, failures } = check(project, this.rules, sources);
    for (const { ruleId, error } of failures) this.log(`The rule ${ruleId} failed: ${describeError(error)}`);
    for (const limit of project.limits) this.log(`Not everything was checked: ${limit}`);
    const failed = failures.map(({ ruleId }) => ruleId);
    return new Outcome(project, findings, failed, this.rules, this.log);
  }

  private configure(): void {
    this.workspace.configure(this.roots, { trusted: this.trusted, ...this.projectSettings });
  }
}
