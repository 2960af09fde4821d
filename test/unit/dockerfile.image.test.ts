import { describe, expect, test } from 'vitest';
import type { DockerfileFacts } from '../../server/src/languages/dockerfile/facts.ts';
import { imageShellOf, imageStage } from '../../server/src/languages/dockerfile/imageShell.ts';
import { parseDockerfile } from '../../server/src/languages/dockerfile/parse.ts';
import { stageStart } from '../../server/src/languages/dockerfile/startCommand.ts';

function shellIn(text: string, target?: string) {
  const { facts } = parseDockerfile(text);
  return imageShellOf(facts, imageStage(facts, target)!);
}

function startCommandOf(facts: DockerfileFacts, target?: string) {
  const stage = imageStage(facts, target);
  return stage && stageStart(facts, stage);
}

describe('what /bin/sh is', () => {
  test.each([
    [
      'dash',
      'node node:20 node:latest node:lts node:20-slim node:22-bookworm node:20-bullseye-slim node:trixie',
    ],
    [
      'dash',
      'python:3.12 python:3.12-slim debian:12 ubuntu ubuntu:24.04 golang:1.24 rust nginx eclipse-temurin:21',
    ],
    ['dash', 'docker.io/node:20 docker.io/library/node:20 public.ecr.aws/docker/library/node:20-slim'],
    [
      'dash',
      'oven/bun oven/bun:1-debian denoland/deno:2 mcr.microsoft.com/playwright:v1.50.0 my/app:3-jammy',
    ],
    ['busybox', 'node:20-alpine node:alpine3.20 node:26-alpine@sha256:ab alpine alpine:3.19 busybox:uclibc'],
    [
      'busybox',
      'oven/bun:1-alpine ghcr.io/astral-sh/uv:python3.12-alpine mhart/alpine-node:16 my/base:2-alpine',
    ],
    [
      'bash',
      'fedora:42 rockylinux:9 almalinux:10 amazonlinux:2023 registry.access.redhat.com/ubi9/nodejs-22 redhat/ubi9',
    ],
    [
      'bash',
      'public.ecr.aws/amazonlinux/amazonlinux:2023 mcr.microsoft.com/azurelinux/base/nodejs:20 quay.io/fedora/fedora',
    ],
    [
      'bash-before-5.1',
      'centos:7 amazonlinux:2 rockylinux:8 registry.access.redhat.com/ubi8/nodejs-18 redhat/ubi8',
    ],
    [
      'none',
      'scratch gcr.io/distroless/nodejs22-debian12 gcr.io/distroless/static:nonroot cgr.dev/chainguard/node',
    ],
    [
      'none',
      'ghcr.io/astral-sh/uv:0.5 denoland/deno:distroless mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled',
    ],
    ['windows', 'mcr.microsoft.com/windows/servercore:ltsc2022 golang:1.24-windowsservercore-ltsc2022'],
    [
      'unknown',
      'my/base my/node:20 registry.example.com/node:20 node@sha256:ab gcr.io/distroless/base:debug',
    ],
    ['unknown', 'cgr.dev/chainguard/node:latest-dev apify/actor-node:20 openjdk:21'],
  ])('%s: %s', (kind, images) => {
    for (const image of images.split(' '))
      expect([image, shellIn(`FROM ${image}\n`).kind]).toEqual([image, kind]);
  });

  test('through earlier stages and build arguments, with the name of the image', () => {
    const text = 'ARG V=20\nFROM node:$V-alpine AS a\nFROM a AS b\nFROM node:20 AS c\nFROM b\n';
    expect(shellIn(text)).toEqual({ kind: 'busybox', image: 'node:20-alpine' });
    expect(shellIn(text, 'C')).toEqual({ kind: 'dash', image: 'node:20' });
  });

  test('an argument without a default leaves open what it could change', () => {
    expect(shellIn('ARG V\nFROM node:$V\n')).toEqual({ kind: 'unknown', image: 'node' });
    expect(shellIn('ARG V\nFROM node:$V-slim\n').kind).toBe('dash');
    expect(shellIn('ARG V\nFROM node:$V-alpine\n').kind).toBe('busybox');
    expect(shellIn('ARG BASE\nFROM $BASE\n')).toEqual({ kind: 'unknown', image: undefined });
  });

  test.each([
    ['RUN apt-get -y update && apt-get install -y curl', 'dash'],
    ['RUN apk add --no-cache curl', 'busybox'],
    ['RUN microdnf install -y nodejs', 'bash-before-5.1'],
    ['RUN apk add curl || apt-get install curl', 'unknown'],
    ['RUN npm install', 'unknown'],
  ])('an unknown image with %s', (line, kind) => expect(shellIn(`FROM my/base\n${line}\n`).kind).toBe(kind));

  test.each([
    ['node:20', 'RUN ln -sf /bin/bash /bin/sh', 'unknown'],
    ['node:20', 'RUN dpkg-reconfigure -f noninteractive dash', 'unknown'],
    ['node:20', 'RUN ln -s /opt/x /usr/local/bin/x', 'dash'],
    ['scratch', 'COPY --from=busybox /bin/sh /bin/sh', 'unknown'],
    ['scratch', 'COPY --from=build /rootfs/ /', 'unknown'],
    ['scratch', 'ADD rootfs.tar.gz /', 'unknown'],
    ['scratch', 'COPY --from=build /server /', 'none'],
    ['scratch', 'COPY server /server', 'none'],
  ])('%s with %s', (image, line, kind) => expect(shellIn(`FROM ${image}\n${line}\n`).kind).toBe(kind));
});

describe('the start command', () => {
  const start = (text: string, target?: string) => {
    const command = startCommandOf(parseDockerfile(text).facts, target);
    return (
      command && {
        words: command.program?.map((word) => word ?? '?').join(' '),
        shell: command.isShell,
        first: command.isFirstProcess,
      }
    );
  };

  test.each([
    ['CMD ["node", "x.js"]', 'node x.js', false, 'yes'],
    ['ENTRYPOINT ["node", "x.js"]\nCMD ["stdio"]', 'node x.js stdio', false, 'yes'],
    ['ENTRYPOINT ["tini", "--"]\nCMD ["node", "x.js"]', 'tini -- node x.js', false, 'no'],
    ['ENTRYPOINT ["/usr/bin/dumb-init", "node", "x.js"]', '/usr/bin/dumb-init node x.js', false, 'no'],
    ['ENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node"]', 'docker-entrypoint.sh node', false, 'unknown'],
    ['CMD node x.js', 'node x.js', true, 'no'],
    ['CMD exec node x.js', 'node x.js', true, 'yes'],
    ['CMD npm run migrate && exec node x.js', 'node x.js', true, 'yes'],
    ['CMD A=1 node "a b.js"', 'node a b.js', true, 'no'],
    ['CMD node x.js --port $PORT', 'node x.js --port ?', true, 'no'],
    ['ENTRYPOINT ["tini", "--"]\nCMD node x.js', 'node x.js', true, 'no'],
    ['CMD ["sh", "-c", "exec node x.js"]', 'node x.js', true, 'yes'],
    ['ENTRYPOINT ["tini", "-g", "--", "sh", "-c"]\nCMD ["node x.js"]', 'node x.js', true, 'no'],
    ['CMD if [ $A ]; then node x.js; else node y.js; fi', undefined, true, 'no'],
    ['ENTRYPOINT node x.js\nCMD ["--http"]', 'node x.js', true, 'no'],
    ['CMD ["dist/index.js"]', 'node dist/index.js', false, 'yes'],
    ['CMD ["--import", "tsx", "index.ts"]', 'node --import tsx index.ts', false, 'yes'],
  ])('FROM node:20, %s', (lines, words, shell, first) =>
    expect(start(`FROM node:20\n${lines}\n`)).toEqual({ words, shell, first }),
  );

  test.each(['', 'CMD []', 'ENTRYPOINT []', "CMD ['node']", 'RUN node x.js'])('not to be told: %j', (lines) =>
    expect(start(`FROM node:20\n${lines}\n`)).toBeUndefined(),
  );

  test('the ENTRYPOINT of a base image that is known to have one', () => {
    const words = (image: string) => start(`FROM ${image}\nCMD ["cli.js"]\n`)?.words;
    expect(words('gcr.io/distroless/nodejs22-debian12')).toBe('/nodejs/bin/node cli.js');
    expect(words('cgr.dev/chainguard/node')).toBe('/usr/bin/node cli.js');
    expect(words('my/base')).toBe('cli.js');
  });

  test('of a named stage, with its folder and the instruction that names the program', () => {
    const text =
      'FROM node:20 AS a\nWORKDIR /a\nCMD ["node", "a.js"]\nFROM node:20\nENTRYPOINT ["tini"]\nCMD ["b"]\n';
    const { facts } = parseDockerfile(text);
    expect(startCommandOf(facts, 'A')?.workdir).toBe('/a');
    expect(startCommandOf(facts, 'nobody')).toBeUndefined();
    const { range, text: argument } = startCommandOf(facts)!;
    expect([text.slice(range.start, range.end), argument]).toEqual(['CMD ["b"]', '["b"]']);
  });

  test('busybox makes way, so that the program is the first process', () => {
    expect(start('FROM node:20-alpine\nCMD a && node x.js\n')?.first).toBe('yes');
    expect(start('FROM my/base\nCMD a && node x.js\n')?.first).toBe('unknown');
    expect(start('FROM scratch\nCMD node x.js\n')?.first).toBe('unknown');
  });
});
