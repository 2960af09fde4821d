import { asyncExitHook } from 'exit-hook';
import { serve } from 'server';

const listener = serve(3000);
asyncExitHook(() => new Promise((resolve) => listener.close(resolve)), { wait: 5_000 });
