npm ci --omit=dev
node dist/index.js
