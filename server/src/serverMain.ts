import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { describeError } from './engine/log.ts';
import { startServer } from './lsp/startServer.ts';
import { nodeFileSystem } from './nodeFileSystem.ts';

const help = `mcp-shutdown-language-server ${version}
Finds MCP servers that drop tool calls when they are stopped, for any editor that speaks the Language Server Protocol.

Usage: mcp-shutdown-language-server [--stdio | --node-ipc | --socket=PORT | --pipe=NAME]

  --stdio        talk over stdin and stdout (the default)
  --node-ipc     talk over the channel of a Node parent process
  --socket=PORT  connect to a port of this machine
  --pipe=NAME    connect to a named pipe or a socket file
  --version      print the version
  --help         print this text
`;

main(process.argv.slice(2));

function main(args: readonly string[]): void {
  if (args.includes('--help')) process.stdout.write(help);
  else if (args.includes('--version')) process.stdout.write(`${version}\n`);
  else serve(connect(args));
}

/** The library reads the way of talking from the arguments; where there is none, it is told. */
function connect(args: readonly string[]): Connection {
  const isTold = args.some((arg) => /^--(stdio|node-ipc|socket|pipe)(=|$)/.test(arg));
  if (!isTold) process.argv.push(process.send ? '--node-ipc' : '--stdio');
  return createConnection(ProposedFeatures.all);
}

function serve(connection: Connection): void {
  process.on('unhandledRejection', (error) => {
    connection.console.error(`A promise was rejected: ${describeError(error)}`);
  });
  // With IPC nothing else tells that the editor is gone; over streams the library ends the process.
  process.on('disconnect', () => process.exit());
  startServer(connection, nodeFileSystem);
}
