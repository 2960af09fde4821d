/** The REST interface. */
export class Api {
  constructor(private readonly base: string) {}

  async get(path: string) {
    return this.request(path, { headers: { accept: 'application/json' } });
  }

  async post(path: string, body: unknown) {
    return this.request(path, {
      method: 'POST',
      body: JSON.stringify(body), // small
    });
  }

  private async request(path: string, options: RequestInit) {
    const response = await fetch(`${this.base}/${path}`, options);
    return { content: [{ type: 'text' as const, text: await response.text() }] };
  }
}
