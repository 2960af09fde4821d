#!/usr/bin/env node
const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js")
const { StdioServerTransport } = require("@modelcontextprotocol/sdk/server/stdio.js")
const { z } = require("zod")

const sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    setTimeout(resolve, ms)
    signal?.addEventListener("abort", () => reject(signal.reason))
  })

const server = new McpServer({ name: "files", version: "0.3.0" })

server.tool("quick", async () => ({ content: [{ type: "text", text: "quick done" }] }))

server.tool("slow", "Takes a while", { ms: z.number() }, async ({ ms }) => {
  console.error("slow: started")
  await sleep(ms)
  console.error("slow: finished")
  return { content: [{ type: "text", text: "slow done" }] }
})

server.tool("patient", { ms: z.number() }, async ({ ms }, { signal }) => {
  console.error("patient: started")
  try {
    await sleep(ms, signal)
  } catch (error) {
    console.error("patient: cancelled")
    throw error
  }
  return { content: [{ type: "text", text: "patient done" }] }
})

server.tool("big", { bytes: z.number() }, ({ bytes }) => ({
  content: [{ type: "text", text: "x".repeat(bytes) }],
}))

async function main() {
  const transport = new StdioServerTransport()
  await server.connect(transport)
  console.error("files server running")
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
