import { createServer } from 'node:http'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import Redis from 'ioredis'

const redis = new Redis(process.env.REDIS_URL)

let open = 0
let isStopping = false

const http = createServer(async (req, res) => {
  const server = new McpServer({ name: 'metrics', version: '1.0.0' })
  server.registerTool('samples', { description: 'Counts the samples' }, async () => {
    return { content: [{ type: 'text', text: `${await redis.llen('samples')}` }] }
  })
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
  open += 1
  res.on('finish', () => {
    open -= 1
    if (isStopping && open === 0) process.exit(0)
  })
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
  isStopping = true
  http.close()
}))
