import { FastMCP } from 'fastmcp'
import { z } from 'zod'

const server = new FastMCP({ name: 'travel', version: '1.2.0' })

server.addTool({
  name: 'find-flights',
  description: 'Finds flights',
  parameters: z.object({ from: z.string(), to: z.string() }),
  execute: async ({ from, to }) => (await fetch(`https://flights.example.com/${from}/${to}`)).text(),
})

async function start() {
  if (process.env.TRANSPORT === 'http') {
    await server.start({ transportType: 'httpStream', httpStream: { port: 8080 } })
  } else {
    await server.start({ transportType: 'stdio' })
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    // Ends the sessions, and the listener if there is one.
    await server.stop()
    process.exit(0)
  })
}

start()
