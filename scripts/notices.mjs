// Collects the licences of the packages that went into the bundles.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const licenceName = /^(licen[cs]e|copying|notice|thirdpartynotice)/i;
const introduction = 'MCP Graceful Shutdown contains the following packages, each under its own licence.\n';

/**
 * Writes one text file with the name, version and licence texts of every package that `inputs` come from.
 *
 * @param {string[]} inputs files that were bundled, as esbuild's metafile names them
 * @param {string} target
 */
export function writeNotices(inputs, target) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const sections = [...folders].sort().map(describe);
  writeFileSync(target, [introduction, ...sections].join(`\n${'-'.repeat(80)}\n\n`));
}

/** `node_modules/a/node_modules/@b/c` of `node_modules/a/node_modules/@b/c/lib/x.js`, or `undefined` for our own files. */
function packageFolder(input) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder)
    .filter((file) => licenceName.test(file))
    .sort();
  if (files.length === 0) return `${name} ${version} (${license})\n`;
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}
