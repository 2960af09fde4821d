import { inFolder } from '../languages/dockerfile/copies.ts';
import type { Stage } from '../languages/dockerfile/facts.ts';
import type { PackageFacts } from '../languages/packageJson.ts';
import type { ManagerCall } from '../languages/shell/calls.ts';
import { dirname, isInside, joinPath, relativePath } from '../text/paths.ts';
import { fileInImage, type ImageSource } from './imageFiles.ts';
import type { ProjectFile } from './project.ts';

/** A package.json with the way to its folder in the image. */
export interface PackageInImage {
  readonly file: ProjectFile;
  readonly facts: PackageFacts;
  /** From the working folder of the container; `''` for that folder itself. */
  readonly folder: string;
  /** It belongs to a workspace, so that its programs may be installed further up. */
  readonly isMember: boolean;
}

/**
 * The package whose scripts a manager runs.
 * @param folder the container's working folder, absolute or relative to the base image's own
 * @returns why it is not known, as a half sentence, where it is not
 */
export function packageOfCall(
  source: ImageSource,
  stage: Stage,
  folder: string | undefined,
  call: ManagerCall,
): PackageInImage | string {
  if (folder === undefined) return 'the folder it starts in is not known';
  const own = call.folder ?? '';
  const root = packageAt(source, stage, inFolder(folder, own === '' ? '.' : own));
  if (!root)
    return `no package.json of the workspace is known to stand in ${inFolder(folder, own === '' ? '.' : own) || 'its folder'}`;
  const from = own.startsWith('/') ? relativePath(folder, own) : joinPath('.', own);
  const at = { ...root, folder: from, isMember: isMember(source, root.file) };
  return call.workspace === undefined ? at : memberOf(source, at, call.workspace);
}

type PackageFile = Pick<PackageInImage, 'file' | 'facts'>;

function packageAt(source: ImageSource, stage: Stage, folder: string): PackageFile | undefined {
  const path = inFolder(folder, 'package.json');
  return asPackage(fileInImage(source, stage, path) ?? byTail(source, path));
}

/** `/app/packages/x/package.json` of the image is packages/x/package.json, where the Dockerfile itself lies there. */
function byTail({ path, files, roots }: ImageSource, inImage: string): ProjectFile | undefined {
  const root = roots.find((folder) => isInside(folder, path));
  const parts = inImage.split('/').filter(Boolean);
  for (let from = 1; root !== undefined && from < parts.length - 1; from += 1) {
    const candidate = joinPath(root, ...parts.slice(from));
    const file = isInside(dirname(candidate), path) ? files.get(candidate) : undefined;
    if (file) return file;
  }
  return undefined;
}

function asPackage(file: ProjectFile | undefined): PackageFile | undefined {
  return file?.facts.language === 'package' ? { file, facts: file.facts.package } : undefined;
}

/** The package of a workspace that `-w`, `--filter` or `yarn workspace` names. */
function memberOf({ files }: ImageSource, root: PackageInImage, selector: string): PackageInImage | string {
  const top = dirname(root.file.path);
  const wanted = joinPath(top, selector);
  const found = [...files.values()].flatMap((file) => {
    const member = asPackage(file);
    const isNamed = member && (member.facts.name === selector || dirname(file.path) === wanted);
    return isNamed && isInside(top, file.path) && member.file !== root.file ? [member] : [];
  });
  const [member, ...others] = found;
  if (!member || others.length > 0) return `the workspace package ${selector} is not known`;
  const way = relativePath(top, dirname(member.file.path));
  return { ...member, folder: joinPath('.', root.folder, way), isMember: true };
}

/** Whether a package further up has workspaces, which it then most likely is one of. */
function isMember({ files }: ImageSource, { path }: ProjectFile): boolean {
  for (let folder = dirname(dirname(path)); ; folder = dirname(folder)) {
    const above = asPackage(files.get(joinPath(folder, 'package.json')));
    if (above && above.facts.workspaces.length > 0) return true;
    if (folder === '' || folder === dirname(folder)) return false;
  }
}

/** The text of a script by its name. */
export function scriptText({ facts }: PackageInImage, name: string): string | undefined {
  return facts.scripts.find((script) => script.name === name)?.value;
}
