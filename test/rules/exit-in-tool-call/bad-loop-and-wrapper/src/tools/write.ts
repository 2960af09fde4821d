export const write = {
  name: 'write',
  description: 'Writes',
  inputSchema: {},
  handler: async () => {
    if (process.env.READ_ONLY) process.exit(1);
    return { content: [] };
  },
};
