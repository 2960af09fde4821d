import type { Project } from '../../project/project.ts';
import type { Insertion } from '../source/insertion.ts';
import { manifestAbove } from '../source/plannedFile.ts';

/** Whether what is to be connected lies in one package: one that others use cannot import from one of them. */
export function isOnePackage(project: Project, insertions: readonly Pick<Insertion, 'into'>[]): boolean {
  const manifests = new Set(insertions.map(({ into }) => manifestAbove(project.files, into.file.path)));
  return manifests.size === 1;
}
