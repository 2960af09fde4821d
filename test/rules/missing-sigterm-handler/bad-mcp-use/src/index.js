import { MCPServer, text } from 'mcp-use/server';
import { z } from 'zod';

const server = new MCPServer({ name: 'notes', version: '1.0.0' });

server.tool({ name: 'find_notes', schema: z.object({ word: z.string() }) }, async ({ word }) => {
  const answer = await fetch(`https://notes.example/find?word=${word}`);
  return text(await answer.text());
});

await server.listen(Number(process.env.PORT ?? 3000));
