#!/usr/bin/env node
'use strict';

const { Server } = require('@modelcontextprotocol/sdk/server/index.js');
const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');
const { CallToolRequestSchema, ListToolsRequestSchema } = require('@modelcontextprotocol/sdk/types.js');
const history = require('./history');
const PythonBridge = require('./python-bridge');

class PlotServer {
  constructor() {
    this.bridge = new PythonBridge(process.env.PYTHON || 'python3');
    this.server = new Server({ name: 'plots', version: '1.2.0' }, { capabilities: { tools: {} } });
    this.setupTools();
    this.server.onerror = (error) => console.error('[plots]', error);
    process.on('SIGINT', async () => {
      await this.cleanup();
      process.exit(0);
    });
    process.on('SIGTERM', async () => {
      await this.cleanup();
      process.exit(0);
    });
  }

  setupTools() {
    this.server.setRequestHandler(ListToolsRequestSchema, async () => ({
      tools: [{ name: 'plot', description: 'Draws a plot', inputSchema: { type: 'object', properties: { code: { type: 'string' } } } }],
    }));
    this.server.setRequestHandler(CallToolRequestSchema, async (request) => {
      if (request.params.name !== 'plot') throw new Error('Unknown tool');
      const answer = await this.bridge.run(request.params.arguments.code);
      history.add(request.params.arguments.code);
      return { content: [{ type: 'image', data: answer, mimeType: 'image/png' }] };
    });
  }

  async cleanup() {
    this.bridge.stop();
    await this.server.close();
  }

  async run() {
    this.bridge.start();
    await this.server.connect(new StdioServerTransport());
  }
}

new PlotServer().run().catch(console.error);
