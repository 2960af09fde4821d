import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A kind of server that the fixes are proven on: transport, framework and language. */
export interface Shape {
  /** Also the file in shapes/ with the server as it is before a scenario's own code is added. */
  readonly file: string;
  /** For the table. */
  readonly title: string;
  readonly transport: 'http' | 'stdio';
  /** The official client that fits. */
  readonly sdk: 1 | 2;
  readonly dependencies: readonly string[];
}

const http = { transport: 'http', sdk: 1 } as const;
const stdio = { transport: 'stdio' } as const;

export const shapes = {
  'express.js': { ...http, title: 'Express, JavaScript', dependencies: ['express@5'] },
  'express.ts': { ...http, title: 'Express, TypeScript', dependencies: ['express@5'] },
  'fastify.ts': { ...http, title: 'Fastify, TypeScript', dependencies: ['fastify@5'] },
  'hono.ts': { ...http, title: 'Hono, TypeScript', dependencies: ['hono@4', '@hono/node-server@2'] },
  'koa.js': { ...http, title: 'Koa, JavaScript', dependencies: ['koa@3'] },
  'http.ts': { ...http, title: 'node:http, TypeScript', dependencies: [] },
  'fastmcp.ts': { ...http, title: 'fastmcp, TypeScript', dependencies: ['fastmcp@4'] },
  'fastmcp.js': { ...http, title: 'fastmcp, JavaScript', dependencies: ['fastmcp@4'] },
  'nest.ts': {
    ...http,
    title: 'NestJS, TypeScript',
    dependencies: [
      '@nestjs/common@11',
      '@nestjs/core@11',
      '@nestjs/platform-express@11',
      'reflect-metadata@0',
      'rxjs@7',
      'express@5',
    ],
  },
  'stdio.ts': { ...stdio, sdk: 1, title: 'stdio, SDK 1, TypeScript', dependencies: [] },
  'stdio.js': { ...stdio, sdk: 2, title: 'stdio, SDK 2, JavaScript', dependencies: [] },
} satisfies Readonly<Record<string, Omit<Shape, 'file'>>>;

export type ShapeName = keyof typeof shapes;

const root = resolve('test/behavior/small');

/** What the servers of a shape are made with, by name with a range. */
export function dependenciesOf(shape: ShapeName): Record<string, string> {
  const { sdk, dependencies } = shapes[shape];
  const sdkPackage = sdk === 1 ? '@modelcontextprotocol/sdk@1' : '@modelcontextprotocol/server@2';
  return Object.fromEntries(
    [sdkPackage, 'pg@8', 'winston@3', 'zod@4', ...dependencies].map((each) => {
      const at = each.lastIndexOf('@');
      return [each.slice(0, at), `^${each.slice(at + 1)}.0.0`];
    }),
  );
}

/**
 * The server of a shape with a scenario's code in it: handlers/NAME.<shape>, NAME.<transport>.<language>,
 * NAME.<language> or NAME.js, the first that there is. The code's imports come behind those of the shape; a line
 * `//# PLACE` in it says where what follows goes, and what comes before the first such line goes to the end.
 * @throws when there is no code, or no such place
 */
export function serverText(shape: ShapeName, name: string): string {
  const { transport } = shapes[shape];
  const language = shape.slice(-2);
  const candidates = [shape, `${transport}.${language}`, `${transport}.js`, language, 'js'];
  const file = candidates.map((each) => join(root, 'handlers', `${name}.${each}`)).find(existsSync);
  if (!file) throw new Error(`test/behavior/small/handlers has no ${name} for ${shape}`);
  const [end = '', ...placed] = readFileSync(file, 'utf8').split(/^\/\/# /m);
  const { imports, rest } = importsOf(end);
  let text = readFileSync(join(root, 'shapes', shape), 'utf8').replace(
    /^(?![\s\S]*^import )/m,
    () => imports,
  );
  for (const part of placed) {
    const [place, ...lines] = part.split('\n');
    const slot = new RegExp(`^([ \\t]*)//# ${place}\\n`, 'm');
    if (!slot.test(text)) throw new Error(`${shape} has no place "${place}"`);
    const code = lines.join('\n').trimEnd();
    text = text.replace(slot, (all, indent) => `${code.replace(/^(?=.)/gm, () => indent)}\n${all}`);
  }
  return `${text.replace(/^[ \t]*\/\/# .*\n/gm, '')}${rest}`;
}

function importsOf(code: string): { imports: string; rest: string } {
  const imports = code.match(/^import .*\n/gm) ?? [];
  return { imports: imports.join(''), rest: code.replace(/^import .*\n/gm, '') };
}
