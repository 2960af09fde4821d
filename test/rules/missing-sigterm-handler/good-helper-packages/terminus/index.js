const { createTerminus } = require('@godaddy/terminus');
const { serve } = require('server');

createTerminus(serve(3000), { signals: ['SIGTERM', 'SIGINT'], onSignal: async () => console.log('closing') });
