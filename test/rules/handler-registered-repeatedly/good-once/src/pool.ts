export class Pool {
  private static instance: Pool | undefined;

  static get() {
    if (!Pool.instance) Pool.instance = new Pool();
    return Pool.instance;
  }

  private constructor() {
    process.on('SIGQUIT', () => setTimeout(() => process.exit(0), 1000));
  }
}
