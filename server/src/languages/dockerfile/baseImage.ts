import type { Base, ImageReference, Stage } from './facts.ts';
import { substitute, type Variables } from './variables.ts';

/** Stands in an image's name or tag for what a build argument without a default would put there. */
export const unknownPart = '*';

/** What the argument of a `FROM` names. */
export interface From {
  readonly base: Base;
  /** The name behind `AS`, in lower case. */
  readonly name?: string;
}

/**
 * Reads the argument of a `FROM`.
 * @param globals the build arguments declared before the first `FROM`, with their defaults
 * @param earlier the stages so far, by name
 */
export function readFrom(argument: string, globals: Variables, earlier: ReadonlyMap<string, Stage>): From {
  const words = argument.split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'));
  const [reference = '', as, name] = words;
  const named = as?.toLowerCase() === 'as' && name ? { name: name.toLowerCase() } : {};
  return { base: baseOf(substitute(reference, globals, unknownPart), reference, earlier), ...named };
}

function baseOf(resolved: string, written: string, earlier: ReadonlyMap<string, Stage>): Base {
  const stage = earlier.get(resolved.toLowerCase());
  if (stage) return { kind: 'stage', index: stage.index };
  const image = imageReference(resolved);
  return image.name === '' || image.name === unknownPart
    ? { kind: 'unknown', text: written }
    : { kind: 'image', image };
}

function imageReference(reference: string): ImageReference {
  const digest = reference.indexOf('@');
  const text = digest < 0 ? reference : reference.slice(0, digest);
  const colon = text.lastIndexOf(':');
  const hasTag = colon > text.lastIndexOf('/');
  return {
    text,
    name: hasTag ? text.slice(0, colon) : text,
    ...(hasTag ? { tag: text.slice(colon + 1) } : {}),
    hasDigest: digest >= 0,
  };
}
