import { basename } from '../text/paths.ts';

/** What a file is to this product, by its name alone. */
export type FileKind =
  | 'source'
  | 'dockerfile'
  | 'package'
  | 'tsconfig'
  | 'config'
  | 'manifest'
  | 'platform'
  | 'shell'
  | 'ignore'
  /** Compose, Kubernetes and the like: told apart by what stands in them. */
  | 'yaml'
  | 'toml'
  /** Nomad jobs. */
  | 'hcl'
  | 'environment'
  | 'bake'
  | 'make'
  /** Procfiles and systemd services: lines that name processes. */
  | 'process';

const manifests =
  /^(deno\.jsonc?|pyproject\.toml|requirements[\w.-]*\.txt|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?|.+\.csproj)$/;

/** Files that tell on which platform code runs. */
const platforms = /^(run\.sh|.+\.tf|serverless\.ya?ml|template\.ya?ml)$/;

/** The kind of a file, or `undefined` when the product has no business with it. */
export function kindOf(path: string): FileKind | undefined {
  const name = basename(path);
  if (/\.[cm]?[jt]sx?$/i.test(name))
    return /\.d\.([\w-]+\.)?[cm]?ts$|\.min\.[cm]?js$/i.test(name) ? undefined : 'source';
  if (/^(Dockerfile|Containerfile)(\..+)?$|\.dockerfile$/i.test(name))
    return isNoDockerfile(name) ? undefined : 'dockerfile';
  if (name === 'package.json') return 'package';
  if (/^[tj]sconfig([.-].+)?\.json$|^tsconfig\..+\.json$/.test(name)) return 'tsconfig';
  if (name === 'mcp-shutdown.json') return 'config';
  if (name === '.gitignore') return 'ignore';
  if (platforms.test(name)) return 'platform';
  if (isShellScript(path)) return 'shell';
  if (/^docker-bake(\.[\w-]+)?\.(hcl|json)$/.test(name)) return 'bake';
  if (/^(GNU)?makefile$|\.mk$/i.test(name)) return 'make';
  if (/\.ya?ml$/i.test(name)) return /^(pnpm-lock|pnpm-workspace)\.ya?ml$/.test(name) ? undefined : 'yaml';
  if (/^fly([.-].+|\d+)?\.toml$|^railway\.toml$/i.test(name)) return 'toml';
  if (/\.nomad$|\.hcl$/i.test(name)) return isNoJob(name) ? undefined : 'hcl';
  // JSON is YAML.
  if (/^railway\.json$|task[-_]?def[\w.-]*\.json$/i.test(name)) return 'yaml';
  if (/^Procfile$|\.service$/.test(name)) return 'process';
  if (/^(\.env([.-][\w.-]+)?|[\w-]+\.env)$/i.test(name)) return 'environment';
  return manifests.test(name) ? 'manifest' : undefined;
}

/** Whether a file is a shell script by its name: `start.sh`, and the names that entrypoints have without an ending. */
export function isShellScript(path: string): boolean {
  return /\.(sh|bash)$|^([\w-]+[-_.])?(entrypoint|start|startup|run|serve|launch|bootstrap|cmd)$/i.test(
    basename(path),
  );
}

/** `Dockerfile.dockerignore`, `Dockerfile.md` and templates are no Dockerfiles. */
function isNoDockerfile(name: string): boolean {
  return /\.(dockerignore|md|txt|json|ya?ml|tpl|tmpl|template|j2|hbs|ejs|erb)$/i.test(name);
}

/** What else is written in HCL: locks, Terragrunt, Packer. */
function isNoJob(name: string): boolean {
  return /^(\.terraform\.lock|terragrunt)\.hcl$|\.(pkr|tftest|tfmock|tfquery)\.hcl$/i.test(name);
}

/** Folders that never hold what a person wrote for production. */
export function isSkippedFolder(name: string): boolean {
  return /^(node_modules|bower_components|\.git|\.hg|\.svn|\.yarn|\.pnpm-store|\.venv|venv|__pycache__)$/.test(
    name,
  );
}

/** Whether a path below its workspace folder is a test or belongs to tests. */
export function isTest(relative: string): boolean {
  return (
    /(^|\/)(tests?|__tests__|__mocks__|__fixtures__|e2e|spec)\//i.test(relative) ||
    /[._-](test|tests|spec|e2e|bench|mock)\.[cm]?[jt]sx?$/i.test(relative) ||
    /(^|\/)(vitest|jest|playwright|karma|cypress|eslint|prettier|webpack|rollup|vite|tsup|tsdown|esbuild|babel|commitlint|release|knip)\.(config|setup|workspace|globalSetup)[\w.-]*\.[cm]?[jt]s$/i.test(
      relative,
    )
  );
}
