import type { Directive } from '../languages/directives.ts';
import { LineMap } from '../text/lineMap.ts';
import { isInside } from '../text/paths.ts';
import { isShellScript, kindOf } from './fileKinds.ts';
import type { FileSystem } from './fileSystem.ts';
import type { ProjectFile } from './project.ts';

/** A larger file is generated or data. In bytes; in UTF-16 units for a text that the editor holds. */
const maxFileBytes = 2 << 20;
/** Longer source is generated as well, and parsing it could take seconds. In UTF-16 units. */
const maxSourceLength = 1 << 20;

type Parsed = Pick<ProjectFile, 'facts' | 'directives'>;

/**
 * Texts and parsed files. The editor's text of a file stands over the disk's; each text is parsed once.
 */
export class FileStore {
  private readonly open = new Map<string, { text: string; version: number }>();
  private readonly parsed = new Map<string, { text: string; file: ProjectFile }>();
  private readonly disk = new Map<string, Promise<string | undefined>>();

  constructor(private readonly fileSystem: FileSystem) {}

  setOpen(path: string, text: string, version: number): void {
    this.open.set(path, { text, version });
  }

  close(path: string): void {
    this.open.delete(path);
    this.disk.delete(path);
  }

  /** The paths that the editor holds. */
  get openPaths(): readonly string[] {
    return [...this.open.keys()];
  }

  /** Lets the disk's text of a file or of all files below a folder be read again; says whether any was known. */
  forget(path: string): boolean {
    let known = this.disk.delete(path);
    for (const other of [...this.disk.keys()]) {
      if (other !== path && isInside(path, other)) known = this.disk.delete(other) || known;
    }
    return known;
  }

  /** The file as it is now, parsed; `undefined` when it is missing, binary or too large. */
  async read(path: string): Promise<ProjectFile | undefined> {
    const text = this.open.get(path)?.text ?? (await this.readDisk(path));
    if (text === undefined || text.length > maxFileBytes) {
      this.parsed.delete(path);
      return undefined;
    }
    const before = this.parsed.get(path);
    if (before && before.text === text) return before.file;
    const file = { path, text, lines: new LineMap(text), ...(await parse(path, text)) };
    this.parsed.set(path, { text, file });
    return file;
  }

  private readDisk(path: string): Promise<string | undefined> {
    let text = this.disk.get(path);
    if (!text) {
      text = this.fileSystem.readText(path, maxFileBytes);
      this.disk.set(path, text);
    }
    return text;
  }
}

/** Each language is loaded when its first file is met: the TypeScript compiler alone takes 150 ms. */
async function parse(path: string, text: string): Promise<Parsed> {
  try {
    switch (kindOf(path)) {
      case 'source': {
        if (text.length > maxSourceLength || isMinified(text)) return other;
        const { parseSource } = await import('../languages/source/parse.ts');
        const { facts, directives } = parseSource(path, text);
        return { facts: { language: 'source', source: facts }, directives };
      }
      case 'dockerfile': {
        const { parseDockerfile } = await import('../languages/dockerfile/parse.ts');
        const { facts, directives } = parseDockerfile(text);
        return { facts: { language: 'dockerfile', dockerfile: facts }, directives };
      }
      case 'package': {
        const { parsePackageJson } = await import('../languages/packageJson.ts');
        return { facts: { language: 'package', package: parsePackageJson(text) }, directives: [] };
      }
      case 'yaml': {
        const isTemplate = mayBeTemplate(path, text);
        if (!isTemplate && !mayDeploy(path, text)) return other;
        return await parseAsYaml(text, isTemplate);
      }
      case 'toml': {
        const { parseToml, tomlDirectives } = await import('../languages/toml/parse.ts');
        return { facts: { language: 'toml', toml: parseToml(text) }, directives: tomlDirectives(text) };
      }
      case 'bake': {
        if (/\.json$/.test(path)) return await parseAsYaml(text);
        return await parseAsHcl(text);
      }
      case 'hcl':
        return isJob.test(text) ? await parseAsHcl(text) : other;
      case 'make':
      case 'process': {
        const { hashDirectives } = await import('../languages/hashComments.ts');
        return { ...other, directives: hashDirectives(text, []) };
      }
      default: {
        if (!isShellScript(path)) return other;
        const { parseShellFile } = await import('../languages/shell/scriptFile.ts');
        const { facts, directives } = parseShellFile(text);
        return { facts: { language: 'shell', shell: facts }, directives };
      }
    }
  } catch (error) {
    // Nesting deeper than the stack is the one thing the parsers cannot survive; nobody wrote such a file by hand.
    if (error instanceof RangeError) return other;
    throw error;
  }
}

/** @param isTemplate it is YAML only with the values of its chart */
async function parseAsYaml(text: string, isTemplate = false): Promise<Parsed> {
  const { parseYaml, yamlDirectives } = await import('../languages/yaml/parse.ts');
  const yaml = isTemplate ? { documents: [], multiLine: [] } : parseYaml(text);
  return { facts: { language: 'yaml', yaml }, directives: yamlDirectives(text, yaml) };
}

async function parseAsHcl(text: string): Promise<Parsed> {
  const { parseHcl, hclDirectives } = await import('../languages/hcl/parse.ts');
  const hcl = parseHcl(text);
  return { facts: { language: 'hcl', hcl }, directives: hclDirectives(text, hcl) };
}

/** A Nomad job's own block. */
const isJob = /^[ \t\uFEFF]*job[ \t]+"/m;

const other: { facts: ProjectFile['facts']; directives: readonly Directive[] } = {
  facts: { language: 'other' },
  directives: [],
};

/** Whether a YAML text may be a compose file or a Kubernetes manifest; a template with gaps in its structure is none. */
function mayDeploy(path: string, text: string): boolean {
  if (/(^|\/)\.github\/workflows\//.test(path)) return /\b(docker|flyctl|fly deploy)/.test(text);
  if (/\.json$/.test(path)) return /containerDefinitions|drainingSeconds/.test(text);
  if (text.includes('Microsoft.App/containerApps') || /(^|\/)(Chart|values[\w.-]*)\.ya?ml$/.test(path))
    return true;
  const isOfUse =
    /^\uFEFF?services[ \t]*:/m.test(text) ||
    isManifest(text) ||
    // A list of operations of Kustomize.
    text.includes('/terminationGracePeriodSeconds');
  return isOfUse && !hasGaps.test(text);
}

/** A manifest of a Helm chart that is filled in. */
function mayBeTemplate(path: string, text: string): boolean {
  return /(^|\/)templates\/[^/]+$/.test(path) && hasGaps.test(text) && isManifest(text);
}

/** Something that a template engine fills in, outside of quotes. */
const hasGaps = /^[^'"#\r\n]*\{\{/m;

function isManifest(text: string): boolean {
  return /^[ \t-]*kind[ \t]*:/m.test(text) && text.includes('apiVersion');
}

/** Bundles and minified files have very long lines on average. */
function isMinified(text: string): boolean {
  if (text.length < 5_000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.length / lines > 400;
}
