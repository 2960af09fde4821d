FROM node:22-slim AS base
WORKDIR /app
COPY . .
FROM base AS api
CMD node dist/index.js
FROM base AS stdio
CMD ["node", "dist/stdio.js"]
