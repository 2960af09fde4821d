import { z } from 'zod';
import queues from './queues.js';

const answer = async ({ queue }) => ({
  content: [{ type: 'text', text: await queues.countMessages(queue) }],
});

export default { title: 'count_messages', shape: { queue: z.string() }, answer };
