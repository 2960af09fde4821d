import { randomUUID } from "node:crypto"
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js"
import express from "express"
import { createServer } from "./tools.js"

async function main() {
  const path = "/mcp"
  let isStopping = false
  const app = express()
  app.use(express.json())
  const transports = new Map<string, StreamableHTTPServerTransport>()
  let running = 0

  // Every session comes by here.
  app.all(path, async (request, response) => {
    let transport = transports.get(String(request.headers["mcp-session-id"]))
    if (!transport) {
      const made = new StreamableHTTPServerTransport({
        sessionIdGenerator: () => randomUUID(),
        onsessioninitialized: (id) => void transports.set(id, made),
      })
      await createServer().connect(made)
      transport = made
    }
    running += 1
    response.on("close", () => (running -= 1))
    await transport.handleRequest(request, response, request.body)
  })

  const listener = app.listen(3000)

  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  process.on("SIGTERM", () => void stop("SIGTERM").catch(console.error))
  process.on("SIGINT", () => void stop("SIGINT").catch(console.error))
  await Promise.resolve()

  /** Lets the calls finish. */
  async function stop(signal: string): Promise<void> {
    if (isStopping) return
    isStopping = true
    console.error(`${signal}: stopping`)
    setTimeout(() => process.exit(1), 9_000).unref()
    const end = Date.now() + 5_000
    while (running > 0 && Date.now() < end) await sleep(50)
    await Promise.allSettled([...transports.values()].map((transport) => transport.close()))
    await new Promise<void>((resolve) => listener.close(() => resolve()))
    process.exit(0)
  }
}

await main()
