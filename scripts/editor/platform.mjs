/** Whether this machine can run the editor and the browser that come from npm, which are built against glibc. */
export const isSupportedPlatform = process.platform === 'linux' && process.arch === 'x64' && hasGlibc();

/** There is no editor or no browser here, and none can be downloaded: nothing that the product could help. */
export class UnavailableError extends Error {}

/** @returns {UnavailableError} for machines that npm has no editor or browser for */
export function unsupportedPlatform() {
  return new UnavailableError(
    'VS Code in the browser is put together from npm packages for Linux (glibc) on x64; this is ' +
      `${process.platform} on ${process.arch}. Use a desktop VS Code instead: "npm run test:desktop" downloads one ` +
      'for the tests, and "npm start" uses the "code" command where it is on the PATH.',
  );
}

function hasGlibc() {
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}
