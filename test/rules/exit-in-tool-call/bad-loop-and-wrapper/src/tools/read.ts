export const read = {
  name: 'read',
  description: 'Reads',
  inputSchema: {},
  handler: async () => ({ content: [] }),
};
