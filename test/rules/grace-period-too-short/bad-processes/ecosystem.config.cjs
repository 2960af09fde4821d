module.exports = {
  apps: [
    { name: 'notes', script: './src/index.ts' },
    { name: 'slow', script: './src/index.ts', kill_timeout: 3000 },
  ],
};
