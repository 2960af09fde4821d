'use strict';

class CallTracker {
  static #only;

  static get instance() {
    CallTracker.#only ??= new CallTracker();
    return CallTracker.#only;
  }

  constructor() {
    this.calls = new Set();
  }

  follow(promise) {
    this.calls.add(promise);
    promise.finally(() => this.calls.delete(promise)).catch(() => {});
    return promise;
  }

  async settled(ms) {
    await Promise.race([Promise.allSettled([...this.calls]), new Promise((resolve) => setTimeout(resolve, ms))]);
  }
}

module.exports = CallTracker;
