import { parseDockerfile } from '../../server/src/languages/dockerfile/parse.ts';
import type { Project, ProjectFile } from '../../server/src/project/project.ts';
import { LineMap } from '../../server/src/text/lineMap.ts';

/** A project of one Dockerfile, for tests of what the Dockerfile rules make of it. */
export function dockerfileProject(text: string, path = '/repo/Dockerfile'): Project {
  const { facts, directives } = parseDockerfile(text);
  const file: ProjectFile = {
    path,
    text,
    lines: new LineMap(text),
    directives,
    facts: { language: 'dockerfile', dockerfile: facts },
  };
  return {
    roots: ['/repo'],
    files: new Map([[path, file]]),
    servers: [],
    dockerfiles: [{ file, facts, servers: [] }],
    deployments: [],
    isMcpWorkspace: true,
    limits: [],
    shutdownOptions: () => ({}),
    landmarksIn: () => [],
  };
}
