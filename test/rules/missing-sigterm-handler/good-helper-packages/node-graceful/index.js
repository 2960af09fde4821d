import Graceful from 'node-graceful';
import { serve } from 'server';

const listener = serve(3000);
Graceful.on('exit', () => new Promise((resolve) => listener.close(resolve)));
