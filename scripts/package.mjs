// Builds for production and packs the extension into out/, after a look at what would be shipped.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { listZip } from './zip.mjs';

/** Each has to be matched by at least one file, and each file has to match one of them. */
const shipped = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/client\.cjs$/,
  /^extension\/dist\/server\.cjs$/,
  /^extension\/dist\/cli\.cjs$/,
  /^extension\/dist\/typescript\.cjs$/,
  /^extension\/dist\/NOTICES\.txt$/,
  /^extension\/snippets\/[a-z-]+\.json$/,
  /^extension\/schema\/mcp-shutdown\.schema\.json$/,
  /^extension\/docs\/rules\/([a-z0-9-]+|README)\.md$/,
  /^extension\/docs\/images\/icon\.png$/,
  /^extension\/docs\/images\/[a-z-]+\.png$/,
];

/** @throws when a file is missing or one is there that nobody expects */
function checkContent(names) {
  const unexpected = names.filter((name) => !shipped.some((pattern) => pattern.test(name)));
  const missing = shipped.filter((pattern) => !names.some((name) => pattern.test(name)));
  const problems = [
    ...unexpected.map((name) => `unexpected: ${name}`),
    ...missing.map((pattern) => `missing: ${pattern.source}`),
  ];
  if (problems.length > 0) throw new Error(`The package is not what it should be.\n${problems.join('\n')}`);
}

/** @returns {Promise<string>} the path of the .vsix */
async function packageExtension() {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const target = `out/${name}-${version}.vsix`;
  mkdirSync('out', { recursive: true });
  rmSync(target, { force: true });
  execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
  await createVSIX({
    packagePath: target,
    // Everything that runs is bundled.
    dependencies: false,
    allowMissingRepository: true,
    // There is no repository address yet that links could lead to.
    rewriteRelativeLinks: false,
  });
  checkContent(listZip(readFileSync(target)));
  return target;
}

try {
  const target = await packageExtension();
  console.log(`${target}: ${Math.ceil(statSync(target).size / 1024)} KiB`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
