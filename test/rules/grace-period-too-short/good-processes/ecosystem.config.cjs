module.exports = { apps: [{ name: 'notes', script: './src/index.ts', kill_timeout: 20000 }] };
