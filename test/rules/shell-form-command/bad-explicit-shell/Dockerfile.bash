FROM node:20
CMD ["bash", "-c", "node dist/index.js > /var/log/server.log"]
