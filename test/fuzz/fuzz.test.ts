import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examine } from './examine.ts';
import { Inputs } from './inputs.ts';
import { readSeeds } from './seeds.ts';

const seed = 1;
const batches = 6;
const perBatch = 20;
/** The long run (`npm run fuzz`) tries texts of megabytes too. */
const maxLength = 50_000;

const inputs = new Inputs(readSeeds(join(import.meta.dirname, '../..')), seed, maxLength);

test.each(Array.from({ length: batches }, (_, batch) => batch * perBatch))(
  'inputs from %i on break nothing',
  async (first) => {
    for (let index = first; index < first + perBatch; index += 1) {
      const input = inputs.make(index);
      const { problems } = await examine(input);
      expect(problems, `input ${index}: ${input.description}`).toEqual([]);
    }
  },
);

test('an input is made by its seed and index alone', () => {
  const again = new Inputs(readSeeds(join(import.meta.dirname, '../..')), seed, maxLength);
  expect(again.make(7)).toEqual(inputs.make(7));
  expect(again.make(8)).not.toEqual(again.make(7));
});
