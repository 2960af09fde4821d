import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express from 'express'
import type { Server } from 'node:http'

type Files = ReadonlyMap<string, number>

function createServer(files: Files): McpServer {
  const server = new McpServer({ name: 'files', version: '1.0.0' })
  server.registerTool('count-files', { description: 'Counts the files' }, async () => {
    const response = await fetch('https://files.example.com/')
    return { content: [{ type: 'text', text: `${files.size} of ${await response.text()}` }] }
  })
  return server
}

export async function startStdio(files: Files): Promise<void> {
  await createServer(files).connect(new StdioServerTransport())
}

export async function startHttp(files: Files, port: number): Promise<Server> {
  const app = express()
  app.use(express.json())

  app.post('/mcp', async (req, res) => {
    const server = createServer(files)
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
    res.on('close', () => server.close())
    await server.connect(transport)
    await transport.handleRequest(req, res, req.body)
  })

  return new Promise((resolve, reject) => {
    const listener = app.listen(port, () => resolve(listener))
    listener.on('error', reject)
  })
}
