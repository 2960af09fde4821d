import type { PackageFacts } from '../../languages/packageJson.ts';
import { basename, dirname } from '../../text/paths.ts';
import type { Deployment } from './deployment.ts';

/** What tells which Dockerfile of the workspace an image comes from. */
export interface ImageSources {
  readonly roots: readonly string[];
  readonly packages: readonly { readonly path: string; readonly facts: PackageFacts }[];
  /** The Dockerfiles whose command runs a file of the workspace. */
  readonly serverDockerfiles: readonly string[];
  readonly deployments: readonly Deployment[];
  /** Images that scripts build, by the names they give them. */
  readonly built: readonly { readonly name: string; readonly dockerfile: string }[];
}

/**
 * The Dockerfile that an image is built from: by a name that something in the workspace builds it under, or because it
 * is called like the workspace's only server image. `undefined` where that is not certain.
 */
export function dockerfileOfImage(image: string, sources: ImageSources): string | undefined {
  const name = withoutTag(image);
  if (name === undefined) return undefined;
  const builds = namedBuilds(sources);
  const called = bareName(name);
  const same = builds.filter((build) => build.name === name);
  // An image is often pushed under another registry's name than the one it was built under.
  const built = same.length > 0 ? same : builds.filter((build) => bareName(build.name) === called);
  const dockerfiles = new Set(built.map(({ dockerfile }) => dockerfile));
  if (dockerfiles.size > 0) return dockerfiles.size === 1 ? [...dockerfiles][0] : undefined;
  const near = sources.serverDockerfiles.filter(
    (path) => basename(path) === 'Dockerfile' && namesIn(dirname(path), sources).has(called),
  );
  if (near.length === 1) return near[0];
  const [only, another] = sources.serverDockerfiles;
  return another === undefined && namesIn(undefined, sources).has(called) ? only : undefined;
}

/** `ghcr.io/acme/x:1@sha256:...` is `ghcr.io/acme/x`; `undefined` where a placeholder stands in its last part. */
function withoutTag(image: string): string | undefined {
  const [name = ''] = image.split('@');
  // A registry that is filled in says nothing of the image.
  const bare = name
    .replace(/:[^/]*$/, '')
    .replace(/^.*[{}$].*\//, '')
    .toLowerCase();
  return bare === '' || /[{}$\s]/.test(bare) ? undefined : bare;
}

function namedBuilds({ deployments, built }: ImageSources): { name: string; dockerfile: string }[] {
  const composed = deployments.flatMap(({ image: { build, builtAs } }) => {
    const name = builtAs === undefined ? undefined : withoutTag(builtAs);
    return name !== undefined && build ? [{ name, dockerfile: build.dockerfile }] : [];
  });
  const scripted = built.flatMap(({ name, dockerfile }) => {
    const bare = withoutTag(name);
    return bare === undefined ? [] : [{ name: bare, dockerfile }];
  });
  return [...composed, ...scripted];
}

/** What a folder of the workspace, or all of it, calls itself: by folders, packages and commands. */
function namesIn(folder: string | undefined, { roots, packages }: ImageSources): ReadonlySet<string> {
  const own = packages.filter(({ path }) => folder === undefined || dirname(path) === folder);
  const names = own.flatMap(({ path, facts }) => [
    basename(dirname(path)),
    ...(facts.name ? [facts.name] : []),
    ...facts.bins.map(({ name }) => name),
  ]);
  const folders = folder === undefined ? roots : [folder];
  return new Set([...folders.map(basename), ...names].map(bareName));
}

/** The last part of a name. */
function bareName(name: string): string {
  return (name.split('/').at(-1) ?? name).toLowerCase();
}
