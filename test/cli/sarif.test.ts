import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type { CheckReport } from '../../server/src/cli/report.ts';
import { sarifReport } from '../../server/src/cli/reporters/sarif.ts';
import { rules as allRules } from '../../server/src/rules/index.ts';
import { replacing, wordRule } from '../support/handMade.ts';
import { reportOf } from '../support/report.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: [{ readonly physicalLocation: { readonly region: Record<string, number> } }];
  readonly partialFingerprints: Record<string, string>;
}

async function runOf(texts: Record<string, string>, changed: Partial<CheckReport> = {}) {
  const rules = [
    replacing('bad', 'good'),
    wordRule('worse-word', 'worse', { severity: 'error' }),
    wordRule('hint-word', 'hint', { severity: 'hint' }),
  ];
  return JSON.parse(sarifReport(await reportOf(texts, rules, changed))).runs[0];
}

test('a finding has its rule, level, place and message', async () => {
  const { results, tool, columnKind } = await runOf({ '/repo/a.ts': 'x();\nbad();\nworse();\nhint();' });
  expect(columnKind).toBe('utf16CodeUnits');
  expect(tool.driver).toMatchObject({ name: 'mcp-shutdown', semanticVersion: '1.2.3' });
  const read = results.map((result: Result) => ({
    rule: tool.driver.rules[result.ruleIndex].id,
    ruleId: result.ruleId,
    level: result.level,
    message: result.message.text,
    ...result.locations[0].physicalLocation.region,
  }));
  expect(read).toEqual([
    {
      rule: 'bad-word',
      ruleId: 'bad-word',
      level: 'warning',
      message: 'bad',
      startLine: 2,
      startColumn: 1,
      endLine: 2,
      endColumn: 4,
    },
    {
      rule: 'worse-word',
      ruleId: 'worse-word',
      level: 'error',
      message: 'worse',
      startLine: 3,
      startColumn: 1,
      endLine: 3,
      endColumn: 6,
    },
    {
      rule: 'hint-word',
      ruleId: 'hint-word',
      level: 'note',
      message: 'hint',
      startLine: 4,
      startColumn: 1,
      endLine: 4,
      endColumn: 5,
    },
  ]);
});

test.each([
  ['/repo', '/repo/a b/%#ü.ts', 'file:///repo/', { uri: 'a%20b/%25%23%C3%BC.ts', uriBaseId: '%SRCROOT%' }],
  ['/repo/s p', '/repo/s p/c:/x.ts', 'file:///repo/s%20p/', { uri: 'c%3A/x.ts', uriBaseId: '%SRCROOT%' }],
  ['/repo/lib', '/repo/a.ts', 'file:///repo/lib/', { uri: 'file:///repo/a.ts' }],
  ['c:/repo', 'c:/repo/a.ts', 'file:///c:/repo/', { uri: 'a.ts', uriBaseId: '%SRCROOT%' }],
  ['c:/repo', 'd:/a.ts', 'file:///c:/repo/', { uri: 'file:///d:/a.ts' }],
  ['//server/share', '//server/share/a.ts', 'file://server/share/', { uri: 'a.ts', uriBaseId: '%SRCROOT%' }],
  ['/', '/a.ts', 'file:///', { uri: 'a.ts', uriBaseId: '%SRCROOT%' }],
])('from %s, %s is a URI', async (base, path, root, location) => {
  const { results, originalUriBaseIds } = await runOf({ [path]: 'bad();' }, { base });
  expect(originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: root } });
  expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual(location);
});

test('a preferred fix is an artifact change, also of a new file', async () => {
  const rule = replacing('bad', 'good', 0, {
    edits: new Map([
      ['/repo/a.ts', [{ start: 5, end: 8, newText: 'good' }]],
      ['/repo/new.ts', [{ start: 0, end: 0, newText: 'new\n' }]],
    ]),
  });
  const report = await reportOf({ '/repo/a.ts': 'x();\nbad();' }, [rule]);
  const [{ fixes }] = JSON.parse(sarifReport(report)).runs[0].results;
  expect(fixes).toEqual([
    {
      description: { text: 'Write good' },
      artifactChanges: [
        {
          artifactLocation: { uri: 'a.ts', uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 4 },
              insertedContent: { text: 'good' },
            },
          ],
        },
        {
          artifactLocation: { uri: 'new.ts', uriBaseId: '%SRCROOT%' },
          replacements: [
            {
              deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
              insertedContent: { text: 'new\n' },
            },
          ],
        },
      ],
    },
  ]);
});

test('fingerprints outlive a move, and tell equal lines apart', async () => {
  const print = async (text: string): Promise<string[]> =>
    (await runOf({ '/repo/a.ts': text })).results.map(
      (result: Result) => result.partialFingerprints['mcpShutdown/v1'],
    );
  const [first, second, ...rest] = await print('bad(1);\nbad(2);\nbad(2);');
  expect(await print('\n\n  bad(1);\n  bad(2);\n  bad(2);')).toEqual([first, second, ...rest]);
  expect(new Set([first, second, ...rest]).size).toBe(3);
});

test('limits and rules that failed are notifications', async () => {
  const { invocations } = await runOf(
    {},
    { limits: ['stopped early'], failures: [{ ruleId: 'x', message: 'broke' }] },
  );
  expect(invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        { level: 'note', message: { text: 'stopped early' } },
        { level: 'error', message: { text: 'broke' }, associatedRule: { id: 'x' } },
      ],
    },
  ]);
  expect((await runOf({})).invocations[0].executionSuccessful).toBe(true);
});

const schemaPath = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
);

describe('the SARIF 2.1.0 schema', () => {
  const validator = (): ValidateFunction => {
    // The schema is of draft 4, which differs here in nothing but the name of the id.
    const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync(schemaPath, 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv);
    return ajv.compile(schema);
  };

  test('accepts a report with all that can be in one', async () => {
    const related = [{ path: '/repo/b c.ts', range: { start: 0, end: 0 }, message: 'made here' }];
    const texts = { '/repo/a.ts': 'bad();\n\nworse();', '/repo/b c.ts': '', '/elsewhere/c.ts': 'bad();' };
    const rules = [
      replacing('bad', 'good'),
      wordRule('worse-word', 'worse', { report: { related } }),
      ...allRules,
    ];
    const report = await reportOf(texts, rules, {
      limits: ['stopped early'],
      failures: [{ ruleId: 'bad-word', message: 'broke' }],
    });
    const log = JSON.parse(sarifReport(report));
    expect(log.runs[0].results).toHaveLength(3);
    const validate = validator();
    validate(log);
    expect(validate.errors).toBeNull();
  });

  test('rejects what is no report, so that the test above can fail', async () => {
    const log = JSON.parse(
      sarifReport(await reportOf({ '/repo/a.ts': 'bad();' }, [replacing('bad', 'good')])),
    );
    log.runs[0].results[0].level = 'hint';
    log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
    const validate = validator();
    expect(validate(log)).toBe(false);
    expect(validate.errors!.map(({ instancePath }) => instancePath)).toEqual(
      expect.arrayContaining([
        '/runs/0/results/0/level',
        '/runs/0/results/0/locations/0/physicalLocation/region/startLine',
      ]),
    );
  });
});
