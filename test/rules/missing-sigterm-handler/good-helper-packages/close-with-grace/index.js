import closeWithGrace from 'close-with-grace';
import { serve } from 'server';

const listener = serve(3000);
closeWithGrace({ delay: 5_000 }, () => new Promise((resolve) => listener.close(resolve)));
