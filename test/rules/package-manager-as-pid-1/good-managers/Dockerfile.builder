FROM node:22-slim AS build
CMD ["npm", "start"]
FROM node:22-slim
WORKDIR /app
COPY . .
CMD ["node", "dist/index.js"]
