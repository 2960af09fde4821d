import { Injectable } from '@nestjs/common';
import { type Context, Tool } from '@rekog/mcp-nest';
import { z } from 'zod';

@Injectable()
export class PagesTool {
  /** The context has no signal of the call: there is nothing to pass on. */
  @Tool({ name: 'page', description: 'Reads a page', parameters: z.object({ url: z.string() }) })
  async page({ url }: { url: string }, context: Context) {
    await context.reportProgress({ progress: 0, total: 1 });
    const answer = await fetch(url);
    return answer.text();
  }
}
