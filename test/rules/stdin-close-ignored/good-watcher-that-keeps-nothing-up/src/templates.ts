import { readdir } from 'node:fs/promises';

export function loadTemplates(): Promise<string[]> {
  return readdir('templates');
}
