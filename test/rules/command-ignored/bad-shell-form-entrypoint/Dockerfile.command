FROM node:22-slim
WORKDIR /app
COPY . .
ENTRYPOINT exec node dist/index.js
CMD ["node", "dist/index.js"]
USER node
