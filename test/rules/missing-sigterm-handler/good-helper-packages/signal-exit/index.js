import { onExit } from 'signal-exit';
import { serve } from 'server';

const listener = serve(3000);
onExit(() => listener.closeAllConnections());
