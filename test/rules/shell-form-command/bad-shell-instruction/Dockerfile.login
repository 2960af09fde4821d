FROM node:20
SHELL ["/bin/bash", "-lc"]
CMD node dist/index.js
