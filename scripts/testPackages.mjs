// Brings the packages that tests run servers with into the cache, so that none of these tests is skipped.
import { installedPackages } from './behaviorPackages.mjs';
import { UnavailableError } from './editor/platform.mjs';

try {
  await installedPackages('test/behavior/packages');
} catch (error) {
  // Without a registry the tests that need them say that they are skipped; where CI checks, none may be.
  if (!(error instanceof UnavailableError) || process.env.CI === 'true') throw error;
  console.warn(`\n*** TESTS WITH REAL PACKAGES ARE SKIPPED ***\n${error.message}\n`);
}
