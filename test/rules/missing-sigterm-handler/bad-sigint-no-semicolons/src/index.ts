import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { drain } from 'lifecycle-kit'

const server = new McpServer({ name: 'notes', version: '1.0.0' })

process.on('SIGINT', async () => {
  await drain(server)
  process.exit(0)
})

const shutdown = 'the name is taken'
console.error(shutdown)
await server.connect(new StdioServerTransport())
