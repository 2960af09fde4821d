import type { Rule } from '../engine/types.ts';
import { repairArray } from '../fixes/dockerfile/repairArray.ts';
import { type ArrayDefect, arrayDefects, readBrokenArray } from '../languages/dockerfile/brokenArray.ts';
import type { Command } from '../languages/dockerfile/facts.ts';
import { isDevelopmentFile } from '../languages/dockerfile/fileRole.ts';
import { stagesOf } from '../project/containers.ts';
import type { DockerfileInProject, Project } from '../project/project.ts';

export const malformedExecForm: Rule = {
  id: 'malformed-exec-form',
  severity: 'error',
  docs: {
    summary: 'A CMD or ENTRYPOINT array that is not JSON, which Docker runs as shell form.',
    what: `Reports a CMD or ENTRYPOINT of the image that was meant as an array and is not JSON: single or typographic quotes,
words without quotes, a missing or trailing comma, a missing bracket or quote, a backslash that starts no JSON escape, text
or a comment behind the closing bracket, numbers among the strings.

Not reported: a shell's own brackets (\`[ -f .env ] && exec node dist/index.js\`), instructions that a later one replaces,
stages that are not the image, RUN and HEALTHCHECK, development containers and images for tests.`,
    why: `Docker does not complain. What is not JSON it takes for shell form and hands it to \`/bin/sh -c\`, brackets, quotes and
all: the shell looks for a program called \`[node,\` and the server does not start. Where a word happens to be a program, the
shell is process 1 and SIGTERM never reaches the server. (Only an array of something else than strings fails the build.)`,
    fix: `Repairs the array: \`CMD ["node", "dist/index.js"]\`. Lines and comments stay; a comment behind the array moves to a line
of its own above it. The fix is safe where only quotes, commas and brackets are mended, and is offered but not applied on its
own where words had to be guessed. There is none where what was meant cannot be told, or where the array holds a variable:
nothing expands it in exec form.`,
  },

  check({ project, report }) {
    for (const dockerfile of project.dockerfiles) {
      const { path, text } = dockerfile.file;
      if (isDevelopmentFile(path, project.roots)) continue;
      for (const command of malformedCommands(project, dockerfile)) {
        report({ path, range: command.range, message: messageFor(text, command) });
      }
    }
  },

  fixes(project, { path, range, ruleId }) {
    const dockerfile = project.dockerfiles.find(({ file }) => file.path === path);
    if (!dockerfile) return [];
    const command = malformedCommands(project, dockerfile).find(
      (candidate) => candidate.range.start === range.start,
    );
    const repaired = command && repairArray(dockerfile.file.text, command);
    if (!repaired) return [];
    const { result, isSafe, edits } = repaired;
    const title = `Repair the array: ${result}`;
    return [{ ruleId, title, isSafe, isPreferred: true, edits: new Map([[path, edits]]) }];
  },
};

/** The broken arrays among what is in force for the images, each once. */
function malformedCommands(project: Project, dockerfile: DockerfileInProject): Command[] {
  const commands = stagesOf(project, dockerfile).flatMap(({ entrypoint, cmd }) =>
    [entrypoint, cmd].flatMap((command) => (command?.form === 'malformed-exec' ? command : [])),
  );
  return [...new Set(commands)];
}

const descriptions: Readonly<Record<ArrayDefect, string>> = {
  'missing-open': 'the opening bracket is missing',
  'missing-close': 'the closing bracket is missing',
  'single-quotes': 'JSON wants double quotes, not single ones',
  'typographic-quotes': 'the quotes are typographic ones',
  'missing-quote': 'a quote is missing',
  'bare-words': 'its words have no quotes',
  'not-strings': 'a number, true, false or null stands among the strings without quotes',
  nested: 'another array or an object stands inside it',
  'missing-comma': 'a comma is missing between two strings',
  'trailing-comma': 'a comma follows the last string',
  'extra-comma': 'there is a comma too many',
  'bad-escape': 'a backslash (which has to be doubled) or a control character stands in a string',
  'comment-behind': 'a comment follows the closing bracket',
  'text-behind': 'text follows the closing bracket',
};

function messageFor(text: string, command: Command): string {
  const broken = readBrokenArray(command.argument.text);
  const defects = arrayDefects.filter((defect) => broken?.defects.has(defect));
  // Behind these two, what else is wrong is a guess.
  const count = broken?.defects.has('nested') || broken?.defects.has('missing-quote') ? 1 : 2;
  const reason = defects
    .slice(0, count)
    .map((defect) => descriptions[defect])
    .join(' and ');
  const repaired = repairArray(text, command);
  const consequence = isJson(command.argument.text)
    ? 'so the build fails'
    : 'so Docker runs it as shell form: the shell gets brackets and quotes as part of the command, and the server does not start';
  const advice = repaired ? `Write ${repaired.result}.` : adviceWithoutRepair(command.argument.text);
  return `Not a JSON array of strings: ${reason}, ${consequence}. ${advice}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function adviceWithoutRepair(text: string): string {
  if (text.includes('$')) return 'In an array nothing expands a variable: write ["sh", "-c", "exec ..."].';
  return 'Write it as an array of strings in double quotes.';
}
