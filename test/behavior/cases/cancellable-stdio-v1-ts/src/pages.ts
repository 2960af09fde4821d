/** Reads pages of one type. */
export class Pages {
  constructor(private readonly type: string) {}

  async read(url: string, encoding = 'utf-8'): Promise<string> {
    const response = await this.request(url);
    return new TextDecoder(encoding).decode(await response.arrayBuffer());
  }

  private request(url: string) {
    const options = { headers: { accept: this.type } };
    return fetch(url, options);
  }
}
