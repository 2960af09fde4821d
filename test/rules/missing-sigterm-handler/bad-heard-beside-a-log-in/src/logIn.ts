import { createServer } from 'node:http';
import { writeFile } from 'node:fs/promises';

/** Waits for the browser to come back with a code. */
export async function logIn() {
  const code = await new Promise<string>((resolve) => {
    const callback = createServer((req, res) => {
      resolve(new URL(req.url ?? '', 'http://localhost').searchParams.get('code') ?? '');
      res.end('You may close this window.');
      callback.close();
    });
    callback.listen(8123);
  });
  return { save: () => writeFile('session.json', JSON.stringify({ code })) };
}
