import type { Project } from '../project/project.ts';
import type { FileEdits } from '../text/edits.ts';
import type { Range } from '../text/range.ts';
import { fixAll, fixesOf } from './fixAll.ts';
import { describeError, type Log } from './log.ts';
import type { Finding, Fix, Rule } from './types.ts';

/** Names a finding across changes of the text: its rule, the text it covers, and which of those it is. */
export interface FindingKey {
  readonly rule: string;
  readonly text: string;
  readonly index: number;
  readonly of: number;
}

/** A place that is as much the cause of a finding as that finding's own, which lies in another file. */
export interface Caused {
  readonly finding: Finding;
  readonly range: Range;
}

/** One finished check: the picture it was made of and what was found in it. */
export class Outcome {
  readonly byPath = new Map<string, Finding[]>();
  private readonly digests = new Map<Finding, string>();

  constructor(
    readonly project: Project,
    readonly findings: readonly Finding[],
    /** The rules that threw, so that their findings are missing. */
    readonly failedRules: readonly string[],
    readonly rules: readonly Rule[],
    private readonly log: Log,
  ) {
    for (const finding of findings) {
      const list = this.byPath.get(finding.path);
      if (list) list.push(finding);
      else this.byPath.set(finding.path, [finding]);
    }
  }

  inFile(path: string): readonly Finding[] {
    return this.byPath.get(path) ?? [];
  }

  /** The findings of other files that a file is as much the cause of, with each such place in it. */
  causedIn(path: string): readonly Caused[] {
    return this.findings.flatMap((finding) =>
      finding.path === path
        ? []
        : finding.related
            .filter((place) => place.isCause && place.path === path)
            .map(({ range }) => ({ finding, range })),
    );
  }

  /** The finding's fixes; none, and a line in the log, when its rule cannot make them. */
  async fixesOf(finding: Finding): Promise<Fix[]> {
    try {
      return await fixesOf(this.project, finding, this.rules);
    } catch (error) {
      this.tellFailure(finding.ruleId, error);
      return [];
    }
  }

  /** The edits of all safe fixes of a file's findings that change this file alone; `undefined` without any. */
  async fixAllIn(path: string): Promise<FileEdits | undefined> {
    const rules = this.rules.map((rule) => withinFile(rule, path));
    const { edits, failures } = await fixAll(this.project, this.inFile(path), rules);
    for (const { ruleId, error } of failures) this.tellFailure(ruleId, error);
    return edits.size > 0 ? edits : undefined;
  }

  keyOf(finding: Finding): FindingKey {
    const text = this.digest(finding);
    const alike = this.alike(finding.path, finding.ruleId, text);
    return { rule: finding.ruleId, text, index: alike.indexOf(finding), of: alike.length };
  }

  /**
   * The finding that an earlier outcome called `key`. `undefined` when it is gone or its text changed, and
   * also when there are more or fewer of its like than there were: better none than another.
   */
  find(path: string, key: FindingKey): Finding | undefined {
    const alike = this.alike(path, key.rule, key.text);
    return alike.length === key.of ? alike[key.index] : undefined;
  }

  private tellFailure(ruleId: string, error: unknown): void {
    this.log(`The fixes of ${ruleId} failed: ${describeError(error)}`);
  }

  private alike(path: string, rule: string, text: string): Finding[] {
    return this.inFile(path).filter((other) => other.ruleId === rule && this.digest(other) === text);
  }

  /** A few characters that stand for the covered text, which may be long. */
  private digest(finding: Finding): string {
    const known = this.digests.get(finding);
    if (known !== undefined) return known;
    const { start, end } = finding.range;
    const text = this.project.files.get(finding.path)?.text.slice(start, end) ?? '';
    let sum = 0;
    for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
    const digest = `${text.length}:${sum}`;
    this.digests.set(finding, digest);
    return digest;
  }
}

/** The rule with those of its fixes that change no other file: on save, only the saved file may change. */
function withinFile(rule: Rule, path: string): Rule {
  return {
    ...rule,
    fixes: async (project, finding) =>
      ((await rule.fixes?.(project, finding)) ?? []).filter(({ edits }) =>
        [...edits.keys()].every((edited) => edited === path),
      ),
  };
}
