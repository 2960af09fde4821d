// Stands in for @vscode/spdlog, a native module that would need a compiler. The editor writes its log
// files and the texts of its output channels through this interface.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
const off = levels.length;

class Logger {
  #file;
  #level = levels.indexOf('info');
  #isPlain = false;

  constructor(_type, _name, file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }

  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }

  /** Output channels ask for their text as it is, without a time and a level before each line. */
  clearFormatters() {
    this.#isPlain = true;
  }
  setPattern() {}
  flush() {}
  drop() {}

  #write(level, message) {
    if (this.#level === off || level < this.#level) return;
    const line = `${new Date().toISOString()} [${levels[level]}] ${message}\n`;
    try {
      appendFileSync(this.#file, this.#isPlain ? message : line);
    } catch {
      // A log that cannot be written (its folder is being removed) must not end the editor.
    }
  }
}

const createLogger = async (name, file) => new Logger('rotating', name, file);

module.exports = {
  version: 0,
  Logger,
  setLevel() {},
  setFlushOn() {},
  createRotatingLogger: createLogger,
  createAsyncRotatingLogger: createLogger,
};
