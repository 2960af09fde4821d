import { Injectable } from '@nestjs/common';
import { Tool } from '@rekog/mcp-nest';

@Injectable()
export class GreetingTool {
  @Tool({ name: 'greet', description: 'Greets' })
  async greet({ name }: { name: string }) {
    if (name === '') process.exit(1);
    return `Hello, ${name}`;
  }
}
