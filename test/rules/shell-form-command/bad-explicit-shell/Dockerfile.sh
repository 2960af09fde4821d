FROM node:20
CMD ["sh", "-c", "node dist/index.js --port $PORT"]
