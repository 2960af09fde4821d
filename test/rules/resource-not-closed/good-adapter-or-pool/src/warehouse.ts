/** Answers like a pool, over HTTP. */
export class Warehouse {
  async raw(query: string) {
    const answer = await fetch('https://warehouse.example.com/query', { method: 'POST', body: query });
    return answer.json();
  }

  async destroy() {
    await fetch('https://warehouse.example.com/session', { method: 'DELETE' });
  }
}
