import { basename, dirname, isInside } from '../text/paths.ts';
import { kindOf } from './fileKinds.ts';
import type { ProjectFile } from './project.ts';

/**
 * Tells whether an entry is run by AWS Lambda: an HTTP server behind the Lambda Web Adapter looks like any other, only the
 * `run.sh` beside it and the infrastructure's own files tell. Signals do not end a Lambda's calls.
 */
export function lambdaTest(files: ReadonlyMap<string, ProjectFile>): (entry: string) => boolean {
  const platform = [...files.values()].filter(({ path }) => kindOf(path) === 'platform');
  return (entry) => isLambda(entry, platform);
}

function isLambda(entry: string, platform: readonly ProjectFile[]): boolean {
  const folder = dirname(entry);
  if (!platform.some(({ path }) => basename(path) === 'run.sh' && isInside(dirname(path), folder)))
    return false;
  for (let around = folder; ; around = dirname(around)) {
    const definitions = platform.filter(({ path }) => basename(path) !== 'run.sh' && isInside(around, path));
    if (definitions.length > 0)
      return definitions.some(({ text }) =>
        /aws_lambda_function|AWS::(Serverless|Lambda)::Function/.test(text),
      );
    if (around === '' || around === dirname(around)) return false;
  }
}
