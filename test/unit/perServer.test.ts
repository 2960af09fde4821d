import { expect, test } from 'vitest';
import { uncancelledTools } from '../../server/src/project/tools/cancellation.ts';
import { Workspace } from '../../server/src/project/workspace.ts';
import { MemoryFileSystem } from '../lsp/memoryFileSystem.ts';
import { dockerfile, drainingServer, manifest } from '../support/timelineProject.ts';

async function edited(path: string, text: string) {
  const files = {
    '/w/package.json': manifest,
    '/w/src/index.ts': drainingServer,
    '/w/Dockerfile': dockerfile,
  };
  const workspace = new Workspace(new MemoryFileSystem(files));
  workspace.configure(['/w'], {});
  const before = await workspace.snapshot();
  workspace.setOpenText(path, text, 1);
  const after = await workspace.snapshot();
  return { before: before.servers[0]!, after: after.servers[0]! };
}

test('an edit of a Dockerfile asks nothing of the code again, and tells how it is started now', async () => {
  const { before, after } = await edited('/w/Dockerfile', `# mine\n${dockerfile}`);
  expect(after.execution).toBe(before.execution);
  expect(after.shutdown).toBe(before.shutdown);
  expect(uncancelledTools(after)).toBe(uncancelledTools(before));
  const starts = [before, after].map(
    ({ declaredAt }) => declaredAt.find(({ kind }) => kind === 'dockerfile')!.range.start,
  );
  expect(starts[1]! - starts[0]!).toBe('# mine\n'.length);
});

test('an edit of the code does', async () => {
  const { before, after } = await edited('/w/src/index.ts', `\n${drainingServer}`);
  expect(after.shutdown).not.toBe(before.shutdown);
  expect(after.listeners[0]!.call.start).toBe(before.listeners[0]!.call.start + 1);
});
