import { readFile } from 'node:fs/promises';

export async function loadSpecification(path: string) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    console.error('Cannot read the specification', error);
    process.exit(1);
  }
}
