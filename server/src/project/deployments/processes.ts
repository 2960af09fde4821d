import { basename, dirname } from '../../text/paths.ts';
import type { ProjectFile } from '../project.ts';
import type { Deployment, Place } from './deployment.ts';
import { parseDuration, parseSeconds } from './durations.ts';
import { plainDeployment } from './plainDeployment.ts';
import { platforms } from './platforms.ts';
import { splitWords } from './shellWords.ts';

/** Servers that run without a container: the processes of a Procfile (Heroku) and systemd services. */
export function processDeployments(files: ReadonlyMap<string, ProjectFile>): Deployment[] {
  return [...files.values()].flatMap(({ path, text }): Deployment[] => {
    if (basename(path) === 'Procfile') return procfile(path, text);
    return path.endsWith('.service') ? service(path, text) : [];
  });
}

function procfile(path: string, text: string): Deployment[] {
  return [...text.matchAll(/^([\w-]+):[ \t]*(.*)$/gm)].flatMap(
    ({ 0: line, 1: name = '', 2: command = '', index }) => {
      // What runs once at a release ends by itself.
      if (name === 'release') return [];
      const at = placeAt(path, index + line.length - command.length, command.trimEnd());
      return plainDeployment({
        platform: 'heroku',
        name,
        at: placeAt(path, index, name),
        period: { ms: platforms.heroku.defaultMs, setAt: undefined, holder: undefined },
        image: { folder: dirname(path), command: { words: splitWords(command.trim()), at } },
      });
    },
  );
}

function service(path: string, text: string): Deployment[] {
  const setting = (key: string) => {
    const match = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*(.*?)[ \\t]*$`, 'gm');
    const found = [...text.matchAll(match)].at(-1);
    const value = found?.[1] ?? '';
    const start = found ? found.index + found[0].trimEnd().length - value.length : 0;
    return found ? { value, at: placeAt(path, start, value) } : undefined;
  };
  const start = setting('ExecStart');
  if (!start) return [];
  const timeout = setting('TimeoutStopSec') ?? setting('TimeoutSec');
  const signal = setting('KillSignal');
  const words = splitWords(start.value.replace(/^[-@:+!]+/, ''));
  return [
    plainDeployment({
      platform: 'systemd',
      name: basename(path),
      at: start.at,
      period: {
        ms: timeout ? systemdTime(timeout.value) : platforms.systemd.defaultMs,
        setAt: timeout?.at,
        holder: { path, line: lineEndBehind(text, start.at.range.end) },
      },
      stopSignal: signal && { name: signal.value, at: signal.at },
      image: { folder: projectFolderOf(path), command: { words, at: start.at } },
    }),
  ];
}

/** The folder of what a file runs; such files lie in one of their own as a rule: `deploy/`, `scripts/`, `systemd/`. */
export function projectFolderOf(path: string): string {
  const folder = dirname(path);
  return /^(deploy|deployment|nomad|jobs|scripts|systemd|etc|contrib|packaging|dist)$/.test(basename(folder))
    ? dirname(folder)
    : folder;
}

/** `90`, `90s`, `1min 30s`; `infinity` is never. */
function systemdTime(text: string): number | undefined {
  return (
    parseSeconds(text) ??
    parseDuration(
      text
        .replaceAll(/\s+/g, '')
        .replace(/(sec|seconds?)(?=\d|$)/g, 's')
        .replace(/(min|minutes?)(?=\d|$)/g, 'm'),
    )
  );
}

function lineEndBehind(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function placeAt(path: string, start: number, text: string): Place {
  return { path, range: { start, end: start + text.length } };
}
