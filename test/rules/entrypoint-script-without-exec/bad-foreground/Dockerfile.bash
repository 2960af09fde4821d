FROM node:22-alpine
WORKDIR /app
COPY . .
COPY --chmod=755 docker/bash.sh /start/
ENTRYPOINT ["/start/bash.sh"]
CMD ["node", "dist/index.js"]
