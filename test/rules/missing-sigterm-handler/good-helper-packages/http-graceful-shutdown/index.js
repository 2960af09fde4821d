import gracefulShutdown from 'http-graceful-shutdown';
import { serve } from 'server';

gracefulShutdown(serve(3000), { timeout: 5_000 });
