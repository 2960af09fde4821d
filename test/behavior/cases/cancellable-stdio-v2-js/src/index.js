#!/usr/bin/env node
import { McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import * as z from 'zod/v4'
import { page } from './page.js'

const text = (value) => ({ content: [{ type: 'text', text: value }] })

function createServer() {
  const server = new McpServer({ name: 'pages', version: '1.0.0' })

  server.registerTool('quick', { description: 'Answers at once' }, () => text('quick done'))

  server.registerTool(
    'slow',
    { description: 'Takes a while', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }) => {
      console.error('slow: started')
      await new Promise((resolve) => setTimeout(resolve, ms))
      console.error('slow: finished')
      return text('slow done')
    },
  )

  server.registerTool(
    'patient',
    { description: 'Takes a while, and can be cancelled', inputSchema: z.object({ ms: z.number() }) },
    async ({ ms }, { mcpReq }) => {
      console.error('patient: started')
      try {
        await new Promise((resolve, reject) => {
          setTimeout(resolve, ms).unref()
          mcpReq.signal.addEventListener('abort', () => reject(new Error('cancelled')))
        })
      } catch (error) {
        console.error('patient: cancelled')
        throw error
      }
      return text('patient done')
    },
  )

  server.registerTool(
    'big',
    { description: 'Answers a lot', inputSchema: z.object({ bytes: z.number() }) },
    async ({ bytes }) => text('x'.repeat(bytes)),
  )

  server.registerTool('page', { inputSchema: z.object({ url: z.string() }) }, page)

  server.registerTool('status', {}, async () => text(await (await fetch('http://127.0.0.1:9/')).text()))

  return server
}

serveStdio(createServer)
console.error('pages server ready')
