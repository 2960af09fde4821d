import { unknownPart } from './baseImage.ts';
import type { ImageReference } from './facts.ts';

/**
 * What /bin/sh is in an image. `bash-before-5.1` still forks for the last command of a list;
 * `none`: there is no shell at all; `windows`: no /bin/sh, Docker's shell form uses cmd.
 */
export type ShellKind = 'dash' | 'busybox' | 'bash' | 'bash-before-5.1' | 'none' | 'windows' | 'unknown';

const debianCodenames = 'jessie|stretch|buster|bullseye|bookworm|trixie|forky|sid';
const ubuntuCodenames = 'xenial|bionic|focal|jammy|noble|oracular|plucky|questing|resolute';

/** Words of a tag or of an image's last name that tell the distribution, whoever built the image. */
const distributionWords: readonly (readonly [RegExp, ShellKind])[] = [
  [/^(nanoserver|windowsservercore|windows)$/, 'windows'],
  [/^(alpine\d*|busybox)$/, 'busybox'],
  [new RegExp(`^(debian\\d*|ubuntu\\d*|${debianCodenames}|${ubuntuCodenames})$`), 'dash'],
  [/^(ubi7|ubi8|el7|el8|centos7|centos8|oraclelinux7|oraclelinux8|amazonlinux2|al2)$/, 'bash-before-5.1'],
  [
    /^(ubi|ubi9|ubi10|el9|el10|fedora\d*|oraclelinux\d*|amazonlinux2023|al2023|azurelinux\d*|mariner\d*)$/,
    'bash',
  ],
];

/** Docker's official images whose plain tags are built on Debian or Ubuntu. */
const debianImages = new Set(
  `buildpack-deps dart debian eclipse-temurin elixir erlang gcc golang haskell httpd julia mariadb mongo nginx node perl
  php postgres pypy python redis ruby rust swift ubuntu wordpress`.split(/\s+/),
);

const busyboxImages = new Set(
  'alpine bash busybox caddy composer consul docker eclipse-mosquitto registry traefik vault'.split(' '),
);

const bashImages = new Set(
  'almalinux amazoncorretto amazonlinux archlinux centos fedora oraclelinux photon rockylinux'.split(' '),
);

/** Images of others, by the beginning of their name, where the plain tags are known. */
const otherImages: readonly (readonly [string, ShellKind])[] = [
  ['oven/bun', 'dash'],
  ['denoland/deno', 'dash'],
  ['nikolaik/python-nodejs', 'dash'],
  ['ghcr.io/astral-sh/uv', 'none'],
  ['ghcr.io/puppeteer/puppeteer', 'dash'],
  ['mcr.microsoft.com/devcontainers/', 'dash'],
  ['mcr.microsoft.com/dotnet/', 'dash'],
  ['mcr.microsoft.com/playwright', 'dash'],
  ['mcr.microsoft.com/windows', 'windows'],
  ['mcr.microsoft.com/azurelinux/', 'bash'],
  ['mcr.microsoft.com/cbl-mariner/', 'bash'],
  ['public.ecr.aws/amazonlinux/amazonlinux', 'bash'],
  ['public.ecr.aws/lambda/', 'bash-before-5.1'],
  ['quay.io/centos/', 'bash'],
  ['quay.io/fedora/', 'bash'],
  ['redhat/', 'bash'],
  ['registry.access.redhat.com/', 'bash'],
  ['registry.redhat.io/', 'bash'],
  ['cgr.dev/chainguard/wolfi-base', 'busybox'],
];

/** Chainguard images that hold a runtime and no shell; their `-dev` tags have one. */
const chainguardRuntimes =
  /^(cgr\.dev\/chainguard|chainguard)\/(node|bun|deno|python|ruby|go|jre|static|glibc-dynamic|cc-dynamic|aspnet-runtime|dotnet-runtime)$/;

/** What /bin/sh is in an image, as far as its name tells. */
export function shellOfImage(image: ImageReference): ShellKind {
  const name = withoutMirror(image.name);
  const tag = image.tag ?? '';
  if (name === 'scratch') return 'none';
  if (/distroless|chisel/.test(`${name}:${tag}`)) return /debug/.test(tag) ? 'unknown' : 'none';
  if (chainguardRuntimes.test(name)) return /\bdev\b/.test(tag) ? 'unknown' : 'none';
  return byWords(tag) ?? byWords(name.slice(name.lastIndexOf('/') + 1)) ?? byName(name, image);
}

/** The name as Docker Hub has it, for official images and the copies of them in well-known registries. */
function withoutMirror(name: string): string {
  return name.replace(/^(index\.)?docker\.io\//, '').replace(/^(.*\/)?library\//, '');
}

function byWords(text: string): ShellKind | undefined {
  const words = text.toLowerCase().split(/[-_.]/);
  return distributionWords.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1];
}

function byName(name: string, image: ImageReference): ShellKind {
  if (isAnyVariant(image)) return 'unknown';
  if (debianImages.has(name)) return 'dash';
  if (busyboxImages.has(name)) return 'busybox';
  const kind = bashImages.has(name) ? 'bash' : otherImages.find(([start]) => name.startsWith(start))?.[1];
  return kind === 'bash' && isOldRelease(name, image.tag ?? '') ? 'bash-before-5.1' : (kind ?? 'unknown');
}

/** A digest alone, or a tag that a build argument decides: it may be the Alpine variant. `slim` never is. */
function isAnyVariant({ tag, hasDigest }: ImageReference): boolean {
  if (tag === undefined) return hasDigest;
  return tag.includes(unknownPart) && !/(^|-)slim$/.test(tag);
}

function isOldRelease(name: string, tag: string): boolean {
  if (name.includes('amazonlinux')) return /^([12]|2018|2017)\b/.test(tag);
  if (/ubi[78]\b|^centos$/.test(name)) return true;
  return /(rockylinux|almalinux|oraclelinux)$/.test(name) && /^[78]\b/.test(tag);
}

/** The bash of an image; releases with one older than 5.1 are known by their names. */
export function bashIn(image: string | undefined): 'bash' | 'bash-before-5.1' {
  const old =
    /\b(jessie|stretch|buster|xenial|bionic|focal)\b|ubuntu:(16|18|20)\.|debian:([89]|10)\b|amazonlinux:[12]\b|ubi[78]\b/;
  return image !== undefined && old.test(image) ? 'bash-before-5.1' : 'bash';
}

/**
 * What an image that is known to start a runtime puts before the CMD of a stage without an ENTRYPOINT.
 * The official node image does so only for what is no program of its own.
 */
export function entrypointOfImage(image: ImageReference, words: readonly string[]): readonly string[] {
  const name = withoutMirror(image.name);
  if (/^gcr\.io\/distroless\/nodejs/.test(name)) return ['/nodejs/bin/node'];
  if (/^(cgr\.dev\/chainguard|chainguard)\/node$/.test(name)) return ['/usr/bin/node'];
  return name === 'node' && /^-|\.[cm]?js$/.test(words[0] ?? '') ? ['node'] : [];
}
