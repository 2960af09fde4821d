import type { SettingsSources } from '../engine/config.ts';
import { parseSettings } from '../engine/settings.ts';
import { LineMap } from '../text/lineMap.ts';
import { dirname } from '../text/paths.ts';
import type { Environment } from './environment.ts';
import { UsageError } from './options.ts';

const maxBytes = 1_000_000;

/**
 * Reads the file of `--config`.
 * @throws UsageError when it cannot be read or has a mistake: a person who names a file means all of it.
 */
export async function readConfigOption(
  path: string | undefined,
  { fileSystem, toCorePath }: Environment,
  ruleIds: readonly string[],
): Promise<SettingsSources> {
  if (path === undefined) return {};
  const corePath = toCorePath(path);
  const text = await fileSystem.readText(corePath, maxBytes);
  if (text === undefined) throw new UsageError(`The config file "${path}" cannot be read.`);
  const { settings, problems } = parseSettings(text, ruleIds);
  if (problems.length > 0) {
    const lines = new LineMap(text);
    const places = problems.map(({ start, message }) => {
      const { line, character } = lines.positionAt(start);
      return `${path}:${line + 1}:${character + 1}: ${message}`;
    });
    throw new UsageError(places.join('\n'));
  }
  return { override: { settings, folder: dirname(corePath) } };
}
