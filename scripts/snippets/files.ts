import type { SnippetFile } from './snippet.ts';
import { snippet } from './snippet.ts';

/** Snippets of Dockerfiles. */
export const dockerfileSnippets: SnippetFile = {
  'Start command that receives signals': snippet(
    'mcp-shutdown-cmd',
    'A command in exec form: the server itself is the first process and gets SIGTERM',
    'CMD ["⟦1:node⟧", "⟦2:dist/index.js⟧"]',
  ),
  'Stop signal': snippet(
    'mcp-shutdown-stopsignal',
    'The signal that asks the container to stop',
    'STOPSIGNAL ⟦1|SIGTERM,SIGINT⟧',
  ),
};

/** Snippets of compose files and Kubernetes manifests. */
export const yamlSnippets: SnippetFile = {
  'Grace period of a compose service': snippet(
    'mcp-shutdown-compose',
    'How long docker waits before it kills the service; without it, ten seconds',
    `# DRAIN_TIMEOUT_MS, and five seconds to close everything
stop_grace_period: ⟦1:15s⟧`,
  ),
  'Grace period and preStop of a Kubernetes pod': snippet(
    'mcp-shutdown-kubernetes',
    'How long Kubernetes waits before it kills the pod, and the delay until no more requests are sent to it',
    `# preStop, DRAIN_TIMEOUT_MS, and five seconds to close everything
terminationGracePeriodSeconds: ⟦1:40⟧
containers:
  - name: ⟦2:mcp-server⟧
    image: ⟦3:mcp-server:latest⟧
    env:
      - name: DRAIN_TIMEOUT_MS
        value: "⟦4:30000⟧"
    lifecycle:
      preStop:
        # Kubernetes 1.30 or later; before that, exec a sleep where the image has one.
        sleep:
          seconds: ⟦5:5⟧`,
  ),
};
