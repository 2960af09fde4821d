import { z } from 'zod';

async function request(path: string) {
  const response = await fetch(`https://api.example/${path}`, { headers: { accept: 'text/plain' } });
  return { content: [{ type: 'text' as const, text: await response.text() }] };
}

export const tools = [
  {
    name: 'news',
    description: 'News',
    shape: { topic: z.string() },
    annotations: { title: 'News' },
    execute: async ({ topic }: { topic: string }) => request(`news/${topic}`),
  },
  {
    name: 'local',
    description: 'Local news',
    shape: { town: z.string() },
    annotations: { title: 'Local' },
    execute: async ({ town }: { town: string }) => request(`local/${town}`),
  },
];
