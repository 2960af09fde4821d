import { writeFile } from 'node:fs/promises';

const notes: string[] = [];

export async function saveNotes(): Promise<void> {
  await writeFile('notes.json', JSON.stringify(notes));
}
