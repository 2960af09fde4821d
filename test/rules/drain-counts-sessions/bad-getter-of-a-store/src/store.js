'use strict';

class SessionStore {
  constructor() {
    this.entries = Object.create(null);
  }

  put(id, session) {
    this.entries[id] = session;
  }

  take(id) {
    return this.entries[id];
  }

  drop(id) {
    delete this.entries[id];
  }

  get count() {
    return Object.keys(this.entries).length;
  }
}

module.exports = { store: new SessionStore() };
