// Stands in for Redis: keeps the process alive as a connection does, and says when it is released.
class Redis {
  constructor() {
    this.connection = setInterval(() => {}, 60_000);
  }

  async get() {
    return null;
  }

  async quit() {
    if (process.env.FAKE_IOREDIS === 'throw') throw new Error('the cache is away');
    if (process.env.FAKE_IOREDIS === 'hang') await new Promise(() => {});
    this.release();
    return 'OK';
  }

  disconnect() {
    this.release();
  }

  release() {
    clearInterval(this.connection);
    console.error('[ioredis] released');
  }
}

module.exports = Redis;
module.exports.Redis = Redis;
module.exports.default = Redis;
