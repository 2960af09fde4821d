import { createServer } from 'node:http'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import Redis from 'ioredis'

const redis = new Redis(process.env.REDIS_URL)

const http = createServer(async (req, res) => {
  const server = new McpServer({ name: 'metrics', version: '1.0.0' })
  server.registerTool('samples', { description: 'Counts the samples' }, async () => {
    return { content: [{ type: 'text', text: `${await redis.llen('samples')}` }] }
  })
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
  res.on('close', () => server.close())
  await server.connect(transport)
  await transport.handleRequest(req, res)
})

http.on('error', error => {
  console.error(error)
  process.exit(1)
})
http.listen(3000)

const signals = ['SIGTERM', 'SIGINT']
signals.forEach(signal => process.once(signal, () => {
  console.log('stopping')
  http.close()
}))
