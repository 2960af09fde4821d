FROM node:22-slim AS build
ENTRYPOINT node x.js
CMD ["a"]
FROM node:22-slim
WORKDIR /app
COPY . .
CMD ["node", "dist/index.js"]
