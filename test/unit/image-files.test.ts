import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../../server/src/languages/dockerfile/parse.ts';
import { bakeTargets } from '../../server/src/project/bake.ts';
import { FileStore } from '../../server/src/project/fileStore.ts';
import { fileInImage } from '../../server/src/project/imageFiles.ts';
import type { ProjectFile } from '../../server/src/project/project.ts';
import { LineMap } from '../../server/src/text/lineMap.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';

function filesOf(texts: Record<string, string>): Map<string, ProjectFile> {
  return new Map(
    Object.entries(texts).map(([path, text]) => [
      path,
      { path, text, lines: new LineMap(text), directives: [], facts: { language: 'other' } },
    ]),
  );
}

const files = filesOf({
  '/repo/package.json': '',
  '/repo/start.sh': '',
  '/repo/docker/start.sh': '',
  '/repo/docker/run.sh': '',
  '/repo/packages/api/package.json': '',
  '/repo/packages/api/start.sh': '',
});

/** The workspace file at a path of the last stage's image. */
function at(path: string, lines: string, dockerfile = '/repo/Dockerfile'): string | undefined {
  const { facts } = parseDockerfile(lines);
  const source = { path: dockerfile, facts, files, roots: ['/repo'] };
  return fileInImage(source, facts.stages.at(-1)!, path)?.path;
}

describe('where COPY puts files', () => {
  test.each([
    ['/app/start.sh', 'WORKDIR /app\nCOPY . .', '/repo/start.sh'],
    ['/app/docker/start.sh', 'WORKDIR /app\nCOPY . .', '/repo/docker/start.sh'],
    ['/start.sh', 'COPY docker/start.sh /start.sh', '/repo/docker/start.sh'],
    ['/entry', 'COPY --chmod=755 docker/start.sh /entry', '/repo/docker/start.sh'],
    ['/bin/start.sh', 'COPY docker/start.sh /bin/', '/repo/docker/start.sh'],
    ['/bin/start.sh', 'COPY docker/start.sh /bin', '/repo/docker/start.sh'],
    ['/bin/run.sh', 'COPY docker /bin', '/repo/docker/run.sh'],
    ['/bin/run.sh', 'COPY docker/*.sh /bin/', '/repo/docker/run.sh'],
    ['/bin/run.sh', 'COPY ["docker/run.sh", "docker/start.sh", "/bin/"]', '/repo/docker/run.sh'],
    ['package.json', 'COPY package*.json ./', '/repo/package.json'],
    ['/x/start.sh', 'ARG HOME=/x\nWORKDIR $HOME\nCOPY docker/start.sh .', '/repo/docker/start.sh'],
    ['/start.sh', 'COPY start.sh /start.sh\nCOPY docker/start.sh /start.sh', '/repo/docker/start.sh'],
    ['/start.sh', 'ADD start.sh \\\n    # the script\n    /start.sh', '/repo/start.sh'],
    ['/other.sh', 'COPY start.sh /start.sh', undefined],
    ['/a/start.sh', 'WORKDIR $UNKNOWN\nCOPY start.sh .', undefined],
    ['/start.sh', 'COPY <<EOF /start.sh\nnode x\nEOF', undefined],
    ['/start.sh', 'COPY --from=nginx /start.sh /start.sh', undefined],
    ['/secret', 'COPY ../../secret /secret', undefined],
  ])('%s after %j', (path, lines, expected) => expect(at(path, `FROM node:22\n${lines}\n`)).toBe(expected));

  test('through stages', () => {
    const stages = 'FROM node:22 AS build\nWORKDIR /src\nCOPY docker ./tools\nFROM node:22 AS base\n';
    expect(at('/t/run.sh', `${stages}COPY --from=build /src/tools /t\nFROM base\n`)).toBe(
      '/repo/docker/run.sh',
    );
    expect(at('/t/run.sh', `${stages}COPY --from=0 /src/tools/run.sh /t/\nFROM base\n`)).toBe(
      '/repo/docker/run.sh',
    );
    // A stage that copies from itself or a later one is an error of the build.
    expect(at('/t', 'FROM a AS x\nCOPY --from=x /t /t\n')).toBeUndefined();
  });

  test('stages that copy everything from each other come to an end', () => {
    const stages = Array.from({ length: 60 }, (_, index) => {
      const copies = Array.from({ length: 20 }, () =>
        index === 0 ? 'COPY . /' : `COPY --from=${index - 1} / /`,
      );
      return `FROM node:22\n${copies.join('\n')}\n`;
    });
    expect(at('/none.sh', stages.join(''))).toBeUndefined();
  });

  test('the context is the folder in which most of what is copied is found', () => {
    const lines = 'FROM node:22\nCOPY packages/api/package.json /p/\nCOPY . /app\n';
    expect(at('/app/start.sh', lines, '/repo/packages/api/Dockerfile')).toBe('/repo/start.sh');
    expect(at('/app/start.sh', 'FROM node:22\nCOPY . /app\n', '/repo/packages/api/Dockerfile')).toBe(
      '/repo/packages/api/start.sh',
    );
  });
});

/** Bake files as the project reads them. */
async function bakeFiles(texts: Record<string, string>): Promise<Map<string, ProjectFile>> {
  const store = new FileStore(new MemoryFileSystem(texts));
  const read = await Promise.all(Object.keys(texts).map((path) => store.read(path)));
  return new Map(read.flatMap((file) => (file ? [[file.path, file] as const] : [])));
}

describe('bake files', () => {
  test('name stages', async () => {
    const hcl =
      'target "a" {\n  target = "api"\n  context = "./x"\n}\ntarget "b" { target = "web" }\nvariable "target" { default = "no" }\n';
    const json =
      '{ "target": { "c": { "target": "c", "dockerfile": "c.Dockerfile" }, "d": { "target": 1 } } }';
    expect(
      bakeTargets(await bakeFiles({ '/r/docker-bake.hcl': hcl, '/r/docker-bake.override.json': json })),
    ).toEqual([
      { target: 'api', dockerfile: '/r/x/Dockerfile' },
      { target: 'web', dockerfile: '/r/Dockerfile' },
      { target: 'c', dockerfile: '/r/c.Dockerfile' },
    ]);
  });

  test.each(['{', '[]', 'null', '{"target": null}', '{"target": {"a": null}}'])('broken: %s', async (text) =>
    expect(bakeTargets(await bakeFiles({ '/r/docker-bake.json': text, '/r/docker-bake.hcl': text }))).toEqual(
      [],
    ),
  );
});
