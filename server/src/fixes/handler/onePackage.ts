import type { Project } from '../../project/project.ts';
import { dirname, joinPath } from '../../text/paths.ts';
import type { Insertion } from '../source/insertion.ts';

/** Whether what is to be connected lies in one package: one that others use cannot import from one of them. */
export function isOnePackage(project: Project, insertions: readonly Pick<Insertion, 'into'>[]): boolean {
  const manifests = new Set(insertions.map(({ into }) => manifestAbove(project, into.file.path)));
  return manifests.size === 1;
}

function manifestAbove(project: Project, path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = joinPath(folder, 'package.json');
    if (project.files.has(manifest) || folder === dirname(folder)) return manifest;
  }
}
