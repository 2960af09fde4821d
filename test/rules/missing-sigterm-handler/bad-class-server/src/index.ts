import { McpHttpServer } from './McpHttpServer.js';

new McpHttpServer({ port: 3000 }).start();
