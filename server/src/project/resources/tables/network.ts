import type { ResourceRow } from '../row.ts';

const socket = {
  kind: 'socket',
  step: 'data',
  settles: 'at once',
  keepsAlive: true,
  atExit: 'left behind',
} as const;

const agent = {
  kind: 'httpAgent',
  step: 'data',
  settles: 'promise',
  keepsAlive: false,
  atExit: 'nothing',
} as const;

/** Sockets, remote calls and pools of HTTP connections. */
export const network: readonly ResourceRow[] = [
  {
    ...socket,
    id: 'ws',
    what: 'WebSocket',
    modules: ['ws'],
    opens: ['WebSocket()', '()'],
    releases: ['x.close()', 'x.terminate()'],
  },
  {
    ...socket,
    id: 'ws-server',
    what: 'WebSocket server',
    modules: ['ws'],
    opens: ['WebSocketServer()', 'Server()'],
    releases: ['x.close()'],
    settles: 'callback',
    mayHang: true,
  },
  {
    ...agent,
    id: 'undici',
    what: 'HTTP connection pool',
    modules: ['undici'],
    opens: ['Agent()', 'Pool()', 'Client()', 'BalancedPool()', 'ProxyAgent()', 'EnvHttpProxyAgent()'],
    releases: ['x.close()', 'x.destroy()'],
    again: 'rejects',
  },
  {
    ...agent,
    id: 'http-agent',
    what: 'HTTP connection pool',
    modules: ['http', 'https'],
    opens: ['Agent()'],
    releases: ['x.destroy()'],
    settles: 'at once',
  },
  {
    ...socket,
    id: 'grpc-server',
    what: 'gRPC server',
    kind: 'rpc',
    modules: ['@grpc/grpc-js'],
    opens: ['Server()'],
    releases: ['x.tryShutdown()', 'x.forceShutdown()'],
    atOnce: ['x.forceShutdown()'],
    settles: 'callback',
    mayHang: true,
  },
  {
    ...socket,
    id: 'grpc-client',
    what: 'gRPC client',
    kind: 'rpc',
    modules: ['@grpc/grpc-js'],
    opens: [
      'Client()',
      'makeGenericClientConstructor()()',
      'makeClientConstructor()()',
      'loadPackageDefinition().*()',
    ],
    releases: ['x.close()', 'module.closeClient(x)'],
    keepsAlive: false,
    atExit: 'nothing',
  },
  {
    ...socket,
    id: 'ssh2',
    what: 'SSH connection',
    modules: ['ssh2'],
    opens: ['Client()'],
    releases: ['x.end()', 'x.destroy()'],
  },
];
