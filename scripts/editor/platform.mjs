/** Said where the editor cannot be had from npm. */
export const unsupportedPlatform =
  `VS Code in the browser is put together from npm packages for Linux on x64; this is ${process.platform} on ` +
  `${process.arch}. Use a desktop VS Code instead: "npm run test:desktop" downloads one for the tests, and ` +
  '"npm start" uses the "code" command where it is on the PATH.';

/** Whether this machine can run the editor and the browser that come from npm. */
export const isSupportedPlatform = process.platform === 'linux' && process.arch === 'x64';
