FROM node:20
CMD node watch.js
