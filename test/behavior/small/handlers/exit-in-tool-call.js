//# tools

server.registerTool('find', { inputSchema: { id: z.string() } }, async ({ id }) => {
  if (!/^\d+$/.test(id)) {
    console.error(`"${id}" is no number`);
    process.exit(1);
  }
  return { content: [{ type: 'text', text: `found ${id}` }] };
});
