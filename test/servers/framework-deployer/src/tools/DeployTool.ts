import { spawn } from 'node:child_process';
import { MCPTool } from 'mcp-framework';
import { z } from 'zod';

interface DeployInput {
  project: string;
}

class DeployTool extends MCPTool<DeployInput> {
  name = 'deploy';
  description = 'Deploys a project';
  schema = { project: { type: z.string(), description: 'Name of the project' } };

  async execute({ project }: DeployInput) {
    if (!process.env.DEPLOY_TOKEN) {
      console.error('DEPLOY_TOKEN is missing');
      process.exit(1);
    }
    return await new Promise<string>((resolve, reject) => {
      const child = spawn('deployctl', ['up', project], { env: process.env });
      let output = '';
      child.stdout.on('data', (chunk) => (output += chunk));
      child.on('error', reject);
      child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`deployctl ended with ${code}`))));
    });
  }
}

export default DeployTool;
