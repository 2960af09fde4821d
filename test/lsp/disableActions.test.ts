import { afterEach, describe, expect, it } from 'vitest';
import { unusedSuppression } from '../../server/src/rules/unused-suppression.ts';
import { wordRule } from '../support/handMade.ts';
import { TestClient } from './testClient.ts';

const manifest = JSON.stringify({ name: 'x', dependencies: { '@modelcontextprotocol/sdk': '1' } });
const rules = [wordRule('bad-word', 'bad'), wordRule('worse-word', 'worse'), unusedSuppression];
const lineComment = 'mcp-shutdown-disable-next-line bad-word -- reason';
const fileComment = 'mcp-shutdown-disable-file bad-word -- reason';

let client: TestClient;
afterEach(() => client.dispose());

/** The file's text after the action was taken at `bad`; the finding must be gone then, and nothing come instead. */
async function afterDisabling(
  name: string,
  text: string,
  scope: 'line' | 'file',
  rule = 'bad',
): Promise<string> {
  const files = { '/repo/package.json': manifest, [`/repo/${name}`]: text };
  client = await TestClient.start({ rules, files });
  const uri = `file:///repo/${name}`;
  await client.open(uri);
  const before = await client.codes(uri);
  expect(before).toContain(`${rule}-word`);
  await client.choose(uri, `${rule}(`, `Disable ${rule}-word for this ${scope}`);
  expect(await client.codes(uri)).toEqual(before?.filter((code) => code !== `${rule}-word`));
  return client.document(uri).text;
}

describe('disable for this line puts the comment', () => {
  it.each([
    ['above a line of TypeScript', 'app.ts', 'ok();\nbad();\n', `ok();\n// ${lineComment}\nbad();\n`],
    [
      "with the line's indentation",
      'app.js',
      'if (x) {\n\t  bad();\n}\n',
      `if (x) {\n\t  // ${lineComment}\n\t  bad();\n}\n`,
    ],
    [
      "with the file's line ending",
      'app.ts',
      'ok();\r\nbad();\r\n',
      `ok();\r\n// ${lineComment}\r\nbad();\r\n`,
    ],
    ['above the only line', 'app.ts', 'bad()', `// ${lineComment}\nbad()`],
    ['behind a byte order mark', 'app.ts', '\uFEFFbad();\n', `\uFEFF// ${lineComment}\nbad();\n`],
    [
      'inside an expression',
      'app.ts',
      'ok(\n  1,\n  bad(),\n);\n',
      `ok(\n  1,\n  // ${lineComment}\n  bad(),\n);\n`,
    ],
    [
      'above a template in whose text the line begins',
      'app.ts',
      `ok(\`\n  a\n  \${bad()}\n\`);\n`,
      `// ${lineComment}\nok(\`\n  a\n  \${bad()}\n\`);\n`,
    ],
    [
      'inside an expression of a template',
      'app.ts',
      `ok(\`\n  \${f(\n    bad(),\n  )}\n\`);\n`,
      `ok(\`\n  \${f(\n    // ${lineComment}\n    bad(),\n  )}\n\`);\n`,
    ],
    [
      'above JSX text',
      'app.tsx',
      'const a = (\n  <p>\n    text {bad()}\n  </p>\n);\n',
      `const a = (\n  // ${lineComment}\n  <p>\n    text {bad()}\n  </p>\n);\n`,
    ],
    [
      'above JSX, however little it is indented',
      'app.tsx',
      'const a = (\n<p>\n{bad()}\n</p>\n);\n',
      `const a = (\n// ${lineComment}\n<p>\n{bad()}\n</p>\n);\n`,
    ],
    [
      'between the attributes of an element',
      'app.tsx',
      'const a = (\n  <p\n    x={bad()}\n  />\n);\n',
      `const a = (\n  <p\n    // ${lineComment}\n    x={bad()}\n  />\n);\n`,
    ],
    ['above an instruction', 'Dockerfile', 'FROM a\nCMD bad()\n', `FROM a\n# ${lineComment}\nCMD bad()\n`],
    [
      'above the instruction that the line continues',
      'Dockerfile',
      'FROM a\nCMD x \\\n  # why\n\n  bad()\n',
      `FROM a\n# ${lineComment}\nCMD x \\\n  # why\n\n  bad()\n`,
    ],
    [
      'above the instruction that a backtick continues',
      'Dockerfile',
      '# escape=`\nFROM a\nCMD x `\n  bad()\n',
      `# escape=\`\nFROM a\n# ${lineComment}\nCMD x \`\n  bad()\n`,
    ],
    [
      'above the instruction of a heredoc',
      'Dockerfile',
      'FROM a\nRUN <<EOF\nbad()\nEOF\n',
      `FROM a\n# ${lineComment}\nRUN <<EOF\nbad()\nEOF\n`,
    ],
  ])('%s', async (_, name, before, after) => {
    expect(await afterDisabling(name, before, 'line')).toBe(after);
  });

  it.each([
    ['app.ts', '// mcp-shutdown-disable-next-line worse-word -- they know\nbad(worse());\n'],
    ['app.ts', '/* mcp-shutdown-disable-next-line worse-word -- they know */\nbad(worse());\n'],
    ['app.ts', '// mcp-shutdown-disable-next-line worse-word\n\n// more\nbad(worse());\n'],
    ['Dockerfile', 'FROM a\n# mcp-shutdown-disable-next-line worse-word -- they know\nCMD bad(worse())\n'],
    [
      'Dockerfile',
      'FROM a\nCMD x \\\n  # mcp-shutdown-disable-next-line worse-word -- they know\n  bad(worse())\n',
    ],
  ])('into one that is there: %s, %j', async (name, before) => {
    const after = before.replace('worse-word', 'worse-word, bad-word');
    expect(await afterDisabling(name, before, 'line')).toBe(after);
  });
});

describe('disable for this file puts the comment', () => {
  const licence = '/*\n * Copyright 2026 A. Nobody\n */\n';
  it.each([
    ['on top', 'app.ts', '', 'ok();\nbad();\n'],
    ['on top of a text without a line ending', 'app.ts', '', 'bad()'],
    ['behind a shebang', 'app.js', '#!/usr/bin/env node\n', 'bad();\n'],
    ['behind a byte order mark', 'app.ts', '\uFEFF', 'bad();\n'],
    ["behind 'use strict'", 'app.cjs', "'use strict';\n", '\nbad();\n'],
    ['behind a licence', 'app.ts', licence, '\nbad();\n'],
    [
      'behind a licence in line comments',
      'app.ts',
      '// SPDX-License-Identifier: MIT\n// By nobody\n',
      'bad();\n',
    ],
    ['behind all of these', 'app.js', `#!/usr/bin/env node\n\n${licence}\n"use strict"\n`, 'bad();\n'],
    ['above any other comment', 'app.ts', '', '/** What it does. */\nbad();\n'],
    [
      'behind parser directives',
      'Dockerfile',
      '# syntax=docker/dockerfile:1\n# escape=`\n',
      'FROM a\nCMD bad()\n',
    ],
    ['above any other comment', 'Dockerfile', '', '# The server.\nFROM a\nCMD bad()\n'],
    ['behind a licence', 'Dockerfile', '# Copyright 2026\n# A. Nobody\n', '\nFROM a\nCMD bad()\n'],
  ])('%s (%s)', async (_, name, head, rest) => {
    const marker = name === 'Dockerfile' ? '#' : '//';
    const after = `${head}${marker} ${fileComment}\n${rest}`;
    expect(await afterDisabling(name, head + rest, 'file')).toBe(after);
  });

  it("with the file's line ending", async () => {
    const after = await afterDisabling('app.js', '#!/usr/bin/env node\r\nbad();\r\n', 'file');
    expect(after).toBe(`#!/usr/bin/env node\r\n// ${fileComment}\r\nbad();\r\n`);
  });

  it('into one that is there', async () => {
    const before = '// mcp-shutdown-disable-file worse-word -- they know\nbad(worse());\n';
    const after = await afterDisabling('app.ts', before, 'file');
    expect(after).toBe(before.replace('worse-word', 'worse-word, bad-word'));
  });
});

it('offers no comment in a language without comments', async () => {
  const files = { '/repo/package.json': `{ "name": "bad()", ${manifest.slice(1)}` };
  client = await TestClient.start({ rules, files });
  await client.open('file:///repo/package.json');
  expect(await client.codes('file:///repo/package.json')).toEqual(['bad-word']);
  expect(await client.titles('file:///repo/package.json', 'bad(')).toEqual([]);
});

it('does not offer to silence a comment that does nothing by one more', async () => {
  const files = { '/repo/package.json': manifest, '/repo/app.ts': `// ${lineComment}\nfine();\n` };
  client = await TestClient.start({ rules, files });
  await client.open('file:///repo/app.ts');
  expect(await client.codes('file:///repo/app.ts')).toEqual(['unused-suppression']);
  const titles = await client.titles('file:///repo/app.ts', 'mcp-shutdown-disable');
  expect(titles.filter((title) => title.startsWith('Disable'))).toEqual([]);
});
