module.exports = {
  apps: [
    { name: 'notes', script: './src/index.ts' },
    { name: 'slow', script: './src/index.ts', kill_timeout: 3000 },
    {
      name: 'lines',
      script: './src/index.ts', // the server
      instances: 2,
    },
    {
      name: 'last',
      script: './src/index.ts'
    },
  ],
};
