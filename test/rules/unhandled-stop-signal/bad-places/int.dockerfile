FROM node:22-slim
WORKDIR /app
COPY . .
CMD ["node", "src/index.ts"]
STOPSIGNAL SIGINT
