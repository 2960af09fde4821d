class Store {
  async save() {
    await this.write();
    return { content: [] };
  }

  protected async write(): Promise<void> {
    console.error('Not written for this store');
    process.exit(1);
  }
}

export class FileStore extends Store {
  protected override async write(): Promise<void> {
    console.error('written');
  }
}
