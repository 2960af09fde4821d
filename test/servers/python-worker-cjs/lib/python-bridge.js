const { spawn } = require('child_process');
const path = require('path');

module.exports = class PythonBridge {
  constructor(python) {
    this.python = python;
    this.waiting = [];
  }

  start() {
    this.child = spawn(this.python, [path.join(__dirname, 'worker.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.child.stdout.on('data', (chunk) => {
      const next = this.waiting.shift();
      if (next) next(chunk.toString('base64'));
    });
  }

  run(code) {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(JSON.stringify({ code }) + '\n');
    });
  }

  stop() {
    if (this.child) this.child.kill();
  }
};
