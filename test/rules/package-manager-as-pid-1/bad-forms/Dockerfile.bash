FROM node:22-slim
WORKDIR /app
COPY . .
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
CMD npm run variable
