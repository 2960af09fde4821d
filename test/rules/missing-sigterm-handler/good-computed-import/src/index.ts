const mode = process.argv[2] ?? 'stdio';
// Which file this is cannot be known, nor what it does.
const { start } = await import(`./modes/${mode}.js`);
await start();
