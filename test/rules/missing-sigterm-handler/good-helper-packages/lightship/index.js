import { createLightship } from 'lightship';
import { serve } from 'server';

const lightship = await createLightship();
const listener = serve(3000);
lightship.registerShutdownHandler(() => new Promise((resolve) => listener.close(resolve)));
lightship.signalReady();
