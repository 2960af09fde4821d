export class Search {
  constructor(private readonly base: string) {}

  async find(words: string) {
    const found = await this.get(`/find?words=${words}`).catch(() => 'nothing');
    return { content: [{ type: 'text', text: found }] };
  }

  private get(path: string) {
    return fetch(this.base + path).then((response) => response.text());
  }
}
