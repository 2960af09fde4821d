import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isReleasedBy, releasesAt } from '../../server/src/project/resources/releases.ts';
import { resourceTable } from '../../server/src/project/resources/table.ts';
import { openedIn, programOf } from '../support/program.ts';

/** A file a row: what opens the resource stands in a line that ends in `// opens`, what releases it in `// releases`. */
const folder = join(import.meta.dirname, '../fixtures/resources');
const fixtures = new Map(readdirSync(folder).map((name) => [name.replace(/\.\w+$/, ''), name]));

test('there is a fixture for each row, and a row for each fixture', () => {
  expect([...fixtures.keys()].sort()).toEqual(resourceTable.map(({ id }) => id).sort());
});

describe.each(resourceTable.map((row) => [row.id, row] as const))('%s', (id, row) => {
  const name = fixtures.get(id)!;
  const text = readFileSync(join(folder, name), 'utf8');
  const { program, values } = programOf({ [name]: text });
  const path = `/${name}`;
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const marked = (mark: string) =>
    text.split('\n').flatMap((line, index) => (line.endsWith(`// ${mark}`) ? [index + 1] : []));
  const opened = openedIn(program, values);

  test('is seen where it is opened, and nothing else is', () => {
    expect(opened.map((one) => [lineOf(one.call.start), one.row.id])).toEqual([[marked('opens')[0], id]]);
    expect(marked('opens')).toHaveLength(1);
  });

  test('lasts as long as the process', () => {
    expect(opened.map(({ lifetime }) => lifetime)).toEqual(['process']);
  });

  test('is seen where it is released', () => {
    const released = program.facts(path)!.functions.flatMap(({ id: fn }) =>
      program.callsIn(path, fn).flatMap((call) => {
        const releases = releasesAt(call, path, fn, values);
        return releases.some((release) => isReleasedBy(opened[0]!, release)) ? [lineOf(call.start)] : [];
      }),
    );
    expect(released).toEqual(marked('releases'));
    expect(released.length > 0).toBe(row.releases.length > 0);
  });
});
