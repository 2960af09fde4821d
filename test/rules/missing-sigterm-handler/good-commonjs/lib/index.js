'use strict';
const { createApp } = require('./app');
const lifecycle = require('./lifecycle');

const listener = createApp().listen(3000);
lifecycle.install(listener);
