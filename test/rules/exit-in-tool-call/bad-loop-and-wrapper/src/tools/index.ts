import { read } from './read.js';
import { write } from './write.js';

export const tools = { read, write };
