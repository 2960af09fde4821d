import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

/** Keeps what libraries print off stdout. */
export class QuietTransport extends StdioServerTransport {
  constructor() {
    super();
    console.log = console.error;
  }
}
