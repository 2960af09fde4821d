FROM node:22-slim
WORKDIR /app
COPY . .
ENTRYPOINT ["node"]
CMD node dist/index.js
