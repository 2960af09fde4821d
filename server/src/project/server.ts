export type McpServer = Record<string, never>;
