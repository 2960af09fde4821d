import type { Server } from 'node:http'
import { startHttp, startStdio } from './transports.js'

async function main(): Promise<void> {
  const files = new Map<string, number>()
  const refresh = setInterval(() => files.clear(), 60_000)
  let httpServer: Server | undefined

  const shutdown = () => {
    httpServer?.close() // only with --http
    clearInterval(refresh)
    process.exit(0)
  }
  process.on('SIGINT', shutdown)
  process.on('SIGTERM', shutdown)

  if (process.argv.includes('--http')) httpServer = await startHttp(files, 3000)
  else await startStdio(files)
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
