import { type CodeStyle, inStyle } from '../../server/src/fixes/codeStyle.ts';
import { reportStopping, requestHandler, shape } from '../../server/src/fixes/handler/http/express.ts';
import { admitting, byHandler } from '../../server/src/fixes/handler/http/guard.ts';
import type { RuntimeNeeds } from '../../server/src/fixes/handler/runtime/needs.ts';
import { functionsOf, importsOf, stateOf } from '../../server/src/fixes/handler/runtime/runtime.ts';
import { sdk1 } from '../../server/src/fixes/handler/tools/sdk1.ts';
import { linesOf } from '../../server/src/fixes/source/imports.ts';
import { type SnippetFile, snippet } from './snippet.ts';

/** Snippets of TypeScript or JavaScript: the handler is the one that the quick fix inserts. */
export function sourceSnippets(isTypeScript: boolean): SnippetFile {
  // The editor writes a tab as the file's own indentation.
  const style: CodeStyle = {
    quote: "'",
    semicolons: true,
    bareParameters: false,
    trailingCommas: true,
    indent: '\t',
    newline: '\n',
    isTypeScript,
  };
  const styled = (prefix: string, description: string, template: string) =>
    snippet(prefix, description, inStyle(template, style));
  return {
    'Graceful shutdown of a stdio server': styled(
      'mcp-shutdown-stdio',
      'Behind the line that makes the McpServer (SDK 1): waits for the calls in flight, then releases and exits',
      handler({ ...handlerNeeds, isStdio: true }, isTypeScript, [
        trackTools,
        "// What the server holds is released once the calls are answered. Without any: stopOnSignals([]).\nstopOnSignals([⟦2:['pool', () => pool.end()]⟧]);",
      ]),
    ),
    'Graceful shutdown of an Express server': styled(
      'mcp-shutdown-http',
      'Behind app.use(express.json()), before the MCP route (SDK 1): refuses new calls, waits for those in flight, closes and exits',
      handler({ ...handlerNeeds, http }, isTypeScript, [
        "app.use('⟦1:/mcp⟧', admit);",
        `// Where an McpServer is made, before its first tool is registered: trackToolCalls(server.server);
// The listener is what app.listen() returns; behind it, what else the server holds.
stopOnSignals([
  ['HTTP listener', () => closeListener(⟦2:listener⟧)],
  ⟦3:['pool', () => pool.end()]⟧,
]);`,
      ]),
    ),
    'Tool that can be cancelled': styled(
      'mcp-shutdown-tool',
      'A tool that stops its work when the client cancels the call, or a shutdown gives it up',
      cancellableTool,
    ),
    'Health route that says when the server stops': styled(
      'mcp-shutdown-health',
      'Before the health route: 503 while the calls in flight finish (needs the handler, and RequestHandler of express)',
      `${reportStopping(byHandler)}\n\napp.use('⟦1:/health⟧', reportStopping);`,
    ),
    'Give a Vault lease back': styled(
      'mcp-shutdown-vault',
      'Revokes a lease within two seconds, as a step of the shutdown behind the database that it opens',
      vaultLease,
    ),
  };
}

const trackTools = '// Before the first tool is registered.\ntrackToolCalls(⟦1:server⟧.server);';

const handlerNeeds: RuntimeNeeds = {
  tools: sdk1('McpServer', 'answered'),
  isStdio: false,
  http: undefined,
  hasSteps: true,
  first: [],
  last: [],
  namesCause: false,
  drainTimeoutMs: 5_000,
};

const http: RuntimeNeeds['http'] = {
  insertions: [],
  functions: [admitting(shape, byHandler, true)],
  imports: [requestHandler],
  hasStreams: true,
};

/** The whole handler: imports, state, functions, and what connects it; the drain timeout is a tab stop. */
function handler(needs: RuntimeNeeds, isTypeScript: boolean, connections: readonly string[]): string {
  // A file that makes a server imports its class already.
  const imports = importsOf(needs).filter(
    ({ name, isType }) => name !== 'McpServer' && (isTypeScript || !isType),
  );
  const timeout = `⟦4:${needs.drainTimeoutMs}⟧`;
  const functions = functionsOf(needs).replaceAll(String(needs.drainTimeoutMs), timeout);
  return [linesOf(imports).join('\n'), stateOf(needs), ...connections, functions].join('\n\n');
}

const cancellableTool = `server.registerTool(
  '⟦1:search⟧',
  { description: '⟦2:Searches the catalogue⟧', inputSchema: { ⟦3:query⟧: z.string() } },
  async ({ ⟦3:query⟧ }, { signal }) => {
    // Ends early when the client cancels, and when a shutdown gives the call up.
    const response = await fetch(\`⟦4:https://example.com/search?q=⟧\${encodeURIComponent(⟦3:query⟧)}\`, { signal });
    return { content: [{ type: 'text', text: await response.text() }] };
  },
);`;

const vaultLease = `/** Gives a lease back to Vault. Where that fails, the lease ends with its TTL. */
async function revokeLease(leaseId‹: string›)‹: Promise<void>› {
  const response = await fetch(\`\${process.env.⟦1:VAULT_ADDR⟧}/v1/sys/leases/revoke\`, {
    method: 'PUT',
    headers: { 'X-Vault-Token': process.env.⟦2:VAULT_TOKEN⟧ ?? '' },
    body: JSON.stringify({ lease_id: leaseId, sync: true }),
    signal: AbortSignal.timeout(2_000),
  });
  if (!response.ok) throw new Error(\`Vault did not revoke the lease: \${response.status}\`);
}`;
