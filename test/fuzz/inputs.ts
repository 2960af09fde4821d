import { joinPath } from '../../server/src/text/paths.ts';
import { Random } from '../support/random.ts';
import { hostileShapes } from './hostile.ts';
import { mutate } from './mutate.ts';
import { type InputLanguage, languageOf, type Seed } from './seeds.ts';

/** A project with one file that is not as it should be. */
export interface FuzzInput {
  /** What was done to it, for a person. */
  readonly description: string;
  /** The well-formed texts by path below the project's folder. */
  readonly before: ReadonlyMap<string, string>;
  /** The changed file and its text, which the editor holds. */
  readonly path: string;
  readonly text: string;
  /** A number of its own, for what is tried in some inputs only. */
  readonly variant: number;
}

/** The files of an input, the changed one among them, by path. */
export function filesOf({ before, path, text }: FuzzInput, root: string): Record<string, string> {
  const files = [...before].map(([name, content]) => [joinPath(root, name), content] as const);
  return { ...Object.fromEntries(files), [joinPath(root, path)]: text };
}

/** Characters of the largest texts. */
const hugeLength = 5_000_000;
/** Of a hundred inputs this many are of a shape that nobody writes by hand. */
const hostilePercent = 15;

const newFile: Record<InputLanguage, string> = {
  source: 'src/index.ts',
  dockerfile: 'Dockerfile',
  shell: 'entrypoint.sh',
  json: 'package.json',
  yaml: 'compose.yaml',
  toml: 'fly.toml',
  hcl: 'job.nomad.hcl',
};

/** Makes the inputs of a seed; each is made by its index alone. */
export class Inputs {
  private readonly donors = new Map<InputLanguage, string[]>();

  constructor(
    private readonly projects: readonly Seed[],
    private readonly seed: number,
    /** No text is longer, in characters. */
    private readonly maxLength = hugeLength,
  ) {
    for (const { files } of projects) {
      for (const [path, text] of files) {
        const language = languageOf(path);
        if (language) this.donors.set(language, [...(this.donors.get(language) ?? []), text]);
      }
    }
  }

  make(index: number): FuzzInput {
    const random = Random.forInput(this.seed, index);
    const project = random.pick(this.projects);
    return random.below(100) < hostilePercent ? this.hostile(project, random) : this.mutated(project, random);
  }

  private mutated({ name, files }: Seed, random: Random): FuzzInput {
    const path = random.pick([...files.keys()].filter(languageOf));
    const language = languageOf(path) as InputLanguage;
    const donor = random.pick(this.donors.get(language) ?? ['']);
    const text = mutate(files.get(path) ?? '', language, random, donor);
    return {
      description: `${name}, ${path} mutated`,
      before: files,
      path,
      text,
      variant: random.below(2 ** 20),
    };
  }

  private hostile({ name, files }: Seed, random: Random): FuzzInput {
    const shape = random.pick(hostileShapes);
    const sample = 100;
    const most = Math.max(10, Math.floor((this.maxLength * sample) / shape.text(sample).length));
    // Any size is as likely as ten times that: somewhere between lies where one reader gives up and another does not.
    const size = random.chance(0.2) ? most : Math.ceil(10 * (most / 10) ** random.fraction());
    const same = [...files.keys()].filter((path) => languageOf(path) === shape.language);
    const path = same.length > 0 ? random.pick(same) : newFile[shape.language];
    const text = placed(shape.text(size), files.get(path) ?? '', random);
    const description = `${name}, ${path} with ${shape.language} ${shape.name} x ${size}`;
    return { description, before: files, path, text, variant: random.below(2 ** 20) };
  }
}

/** A part in place of a text, before, behind or somewhere in it. */
function placed(part: string, text: string, random: Random): string {
  const lines = text.split('\n');
  const at = random.pick([0, lines.length, random.below(lines.length)]);
  if (random.chance(0.3)) return part;
  return [...lines.slice(0, at), part, ...lines.slice(at)].join('\n');
}
