import type { SettingsSources } from '../engine/config.ts';
import { parseSettings } from '../engine/settings.ts';

/** The editor's settings under `mcpShutdown`. */
export interface EditorSettings {
  /** Which files get diagnostics. */
  readonly diagnostics: 'openFiles' | 'workspace';
  /** Where the pages of the rules are; `undefined` when nothing is set. */
  readonly documentationBaseUrl: string | undefined;
  /** What config files can set too, and then overrule. */
  readonly checks: SettingsSources;
  /** What is wrong in the latter, for the log. */
  readonly problems: readonly string[];
}

/**
 * Reads the section as a client sends it; what is missing or wrong counts as not set.
 * @param window the section as it is for the whole window
 * @param byRoot the section for single workspace folders
 */
export function readSettings(
  window: unknown,
  byRoot: ReadonlyMap<string, unknown>,
  ruleIds: readonly string[],
): EditorSettings {
  const { diagnostics, documentationBaseUrl: base } = asObject(window);
  const whole = readChecks(window, ruleIds);
  const folders = [...byRoot].map(([root, value]) => [root, readChecks(value, ruleIds).settings] as const);
  return {
    diagnostics: diagnostics === 'workspace' ? 'workspace' : 'openFiles',
    documentationBaseUrl: typeof base === 'string' && base !== '' ? base : undefined,
    checks: { fallback: whole.settings, folders: new Map(folders) },
    problems: whole.problems.map(({ message }) => message),
  };
}

function readChecks(section: unknown, ruleIds: readonly string[]) {
  const { rules, exclude, dockerfiles, shutdown } = asObject(section);
  return parseSettings(JSON.stringify({ rules, exclude, dockerfiles, shutdown }), ruleIds);
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** `https://example.org/rules` and a rule's id put together; `{rule}` in the address stands for the id. */
export function pageAddress(base: string, ruleId: string): string {
  const template = base.includes('{rule}') ? base : `${base.replace(/\/+$/, '')}/{rule}`;
  return template.replaceAll('{rule}', encodeURIComponent(ruleId));
}
