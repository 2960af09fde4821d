import * as z from 'zod';
import { deploy } from '../lib/deployer.js';

export function registerTools(server) {
  for (const [name, region] of [['deploy_eu', 'europe-west1'], ['deploy_us', 'us-east1']]) {
    server.registerTool(name, { inputSchema: z.object({ service: z.string() }) }, async ({ service }) => {
      const url = await deploy(service, region);
      return { content: [{ type: 'text', text: url }] };
    });
  }
}
