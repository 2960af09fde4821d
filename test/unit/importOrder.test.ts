import { describe, expect, test } from 'vitest';
import { ordered } from '../../server/src/fixes/source/importOrder.ts';
import { applyEdits, insertAt } from '../../server/src/text/edits.ts';

/** A file's imports with some more, each written as its module's name asks for. */
function withMore(imports: readonly string[], ...added: readonly string[]): string[] {
  const text = imports.join('\n');
  const isRequire = text.includes('require(');
  const news = added.map((written) => {
    const isType = written.startsWith('type ');
    const from = written.replace('type ', '');
    const line = isRequire
      ? `const x = require('${from}');`
      : `import ${isType ? 'type ' : ''}x from '${from}';`;
    return { from, isType, line };
  });
  const { edits, lines } = ordered(news, text, text.length, isRequire, '\n');
  return applyEdits(text, [...edits, insertAt(text.length, lines.map((line) => `\n${line}`).join(''))]).split(
    '\n',
  );
}

describe('a new import', () => {
  test('of a package stands with the packages, in front of local files', () => {
    const imports = ["import z from 'zod';", "import a from './a.js';"];
    expect(withMore(imports, 'express')).toEqual([imports[0], "import x from 'express';", imports[1]]);
  });

  test('stands behind the last of its own package', () => {
    const imports = ["import a from '@sdk/core/a.js';", "import z from 'zod';", "import e from 'express';"];
    expect(withMore(imports, '@sdk/core/types.js')[1]).toBe("import x from '@sdk/core/types.js';");
  });

  test('keeps to the alphabet where the file does', () => {
    const imports = [
      "import a from 'alpha';",
      "import c from 'gamma';",
      "import d from 'omega';",
      "import l from './l.js';",
    ];
    expect(withMore(imports, 'beta')[1]).toBe("import x from 'beta';");
    expect(withMore(imports, 'zeta')[3]).toBe("import x from 'zeta';");
  });

  test('of Node comes first, with an empty line behind it where kinds stand apart', () => {
    const apart = ["import z from 'zod';", '', "import a from './a.js';"];
    expect(withMore(apart, 'node:http')).toEqual(["import x from 'node:http';", '', ...apart]);
    const close = [apart[0]!, apart[2]!];
    expect(withMore(close, 'node:http')).toEqual(["import x from 'node:http';", ...close]);
  });

  test('of a package opens a paragraph of its own between those of Node and of local files', () => {
    const imports = ["import fs from 'fs';", '', "import a from './a.js';"];
    expect(withMore(imports, 'express')).toEqual([
      imports[0],
      '',
      "import x from 'express';",
      '',
      imports[2],
    ]);
  });

  test('of a type joins the types, where those stand apart', () => {
    const imports = [
      "import z from 'zod';",
      "import a from './a.js';",
      "import type { Q } from 'pg';",
      "import type { B } from './b.js';",
    ];
    expect(withMore(imports, 'type express')[3]).toBe("import type x from 'express';");
  });

  test('does not come between the head of a file and its first import', () => {
    const imports = ['/** Serves the weather. */', "import z from 'zod';", "import a from './a.js';"];
    const added = withMore(imports, 'node:http');
    expect(added.slice(0, 2)).toEqual(imports.slice(0, 2));
    expect(added).toContain("import x from 'node:http';");
  });

  test('leaves its place to no text that only looks like an import', () => {
    const imports = ['import {', '  z, // from "zod"', "} from 'zod';", "import './side-effect.js';"];
    expect(withMore(imports, 'express')).toEqual([
      ...imports.slice(0, 3),
      "import x from 'express';",
      imports[3],
    ]);
  });

  test('is required where the file requires', () => {
    const imports = [
      "const fs = require('fs');",
      "const { Pool } = require('pg');",
      "const a = require('./a');",
    ];
    expect(withMore(imports, 'node:http')[1]).toBe("const x = require('node:http');");
    expect(withMore(imports, 'express')[2]).toBe("const x = require('express');");
  });
});
