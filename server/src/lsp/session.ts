import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  Connection,
  Hover,
  HoverParams,
} from 'vscode-languageserver';
import type { Analysis } from '../engine/analysis.ts';
import { describeError } from '../engine/log.ts';
import type { Outcome } from '../engine/outcome.ts';
import type { Finding } from '../engine/types.ts';
import { locateIn, pathInWorkspace } from '../timeline/locate.ts';
import { timelinesOf } from '../timeline/timelines.ts';
import { type TimelineView, viewOf } from '../timeline/view.ts';
import { Checker } from './checker.ts';
import { type Client, readClient } from './client.ts';
import { type CodeActionContext, codeActions, resolveCodeAction } from './codeActions.ts';
import { toDiagnostic, toDiagnosticOfCause } from './diagnostics.ts';
import { OpenDocuments } from './documents.ts';
import { hover } from './hover.ts';
import {
  type CheckWorkspaceParams,
  type CheckWorkspaceResult,
  type StatusParams,
  section,
  statusNotification,
} from './protocol.ts';
import { Publisher } from './publisher.ts';
import { type EditorSettings, pageAddress, readSettings } from './settings.ts';
import { uriToPath } from './uris.ts';
import { type Change, toWorkspaceEdit } from './workspaceEdits.ts';

/** One client: what it can, what it has open and set, what it is told, and the answers to what it asks. */
export class Session {
  readonly documents = new OpenDocuments();
  readonly checker: Checker<Outcome>;
  /** Whether the handshake has begun; before it, nothing is served. */
  isInitialized = false;
  private settings: EditorSettings = readSettings(undefined, new Map(), []);
  private pushedSettings: unknown;
  private readonly publisher: Publisher;
  private status: StatusParams = { state: 'idle', servers: 0, findings: 0, message: '' };

  constructor(
    readonly connection: Connection,
    readonly analysis: Analysis,
    public client: Client = readClient({}),
  ) {
    this.publisher = new Publisher(this.documents, (params) => void connection.sendDiagnostics(params));
    this.checker = new Checker<Outcome>({
      run: (signal) => analysis.run(signal),
      started: () => this.tell({ ...this.status, state: 'checking', message: '' }),
      finished: (outcome) => this.finished(outcome),
      failed: (error) => {
        analysis.log(`The check failed: ${describeError(error)}`);
        this.tell({ ...this.status, state: 'error', message: 'The check failed; the output says why.' });
      },
    });
  }

  /** Other folders, other trust or the first of both: all is to be checked again. */
  foldersChanged(): void {
    this.analysis.setRoots(this.documents.roots, this.client.trusted);
    this.checker.changed(0);
  }

  /**
   * Reads the settings anew and checks with them.
   * @param pushed the section, from a client that cannot be asked for it; default: what it sent last
   */
  async settingsChanged(pushed: unknown = this.pushedSettings): Promise<void> {
    const { analysis, client, documents } = this;
    this.pushedSettings = pushed;
    const [whole, ...folders] = client.pullsConfiguration ? await this.pullSettings() : [pushed];
    const byRoot = new Map(folders.map((value, index) => [uriToPath(documents.folders[index]!), value]));
    const ruleIds = analysis.rules.map(({ id }) => id);
    this.settings = readSettings(whole, byRoot, ruleIds);
    for (const problem of this.settings.problems) analysis.log(`In the settings: ${problem}`);
    analysis.setSettings(this.settings.checks);
    this.checker.changed(0);
  }

  /** The section for the window, then for each folder. A client that fails to answer has no settings. */
  private async pullSettings(): Promise<unknown[]> {
    const scopes = [undefined, ...this.documents.folders];
    try {
      const items = scopes.map((scopeUri) => ({ scopeUri, section }));
      return await this.connection.workspace.getConfiguration(items);
    } catch (error) {
      this.analysis.log(`The settings could not be read: ${describeError(error)}`);
      return [];
    }
  }

  /** The editor closed a document. */
  closed(path: string): void {
    this.publisher.forget(path, this.everywhere);
  }

  async codeActions(params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
    const outcome = await this.outcome(token);
    const path = this.documents.pathOf(params.textDocument.uri);
    return outcome ? codeActions(path, params, this.contextOf(outcome)) : [];
  }

  async resolve(action: CodeAction, token: CancellationToken): Promise<CodeAction> {
    const outcome = await this.outcome(token);
    return outcome ? resolveCodeAction(action, this.contextOf(outcome)) : action;
  }

  async hover({ textDocument, position }: HoverParams, token: CancellationToken): Promise<Hover | null> {
    const outcome = await this.outcome(token);
    const path = this.documents.pathOf(textDocument.uri);
    return outcome ? hover(path, position, this.contextOf(outcome)) : null;
  }

  /** What happens between a stop and SIGKILL, for each server and deployment. */
  async timelines(token: CancellationToken): Promise<TimelineView[]> {
    const project = (await this.outcome(token))?.project;
    if (!project) return [];
    const uriOf = (path: string) => this.documents.uriOf(path);
    const locate = locateIn(project, (path) => pathInWorkspace(project, path), uriOf);
    return timelinesOf(project).map((timeline) => viewOf(timeline, locate));
  }

  /** Checks everything anew and publishes the findings of every file. @throws when the check fails. */
  async checkWorkspace(
    params: CheckWorkspaceParams,
    token: CancellationToken,
  ): Promise<CheckWorkspaceResult> {
    const progress = this.connection.window.attachWorkDoneProgress(params?.workDoneToken);
    progress.begin('Checking the workspace', undefined, undefined, true);
    try {
      // Asked for by hand: nothing that was read before, and may be stale, is believed.
      this.analysis.workspace.filesChanged(this.documents.roots);
      this.checker.changed(0);
      const outcome = await this.outcome(token);
      if (!outcome) throw new Error('there is no result');
      this.publisher.keep(outcome.byPath.keys());
      this.publish(outcome);
      const { project, findings } = outcome;
      return { files: project.files.size, findings: findings.length, servers: project.servers.length };
    } finally {
      progress.done();
    }
  }

  private async outcome(token: CancellationToken): Promise<Outcome | undefined> {
    const cancelled = new Promise<undefined>((resolve) => {
      token.onCancellationRequested(() => resolve(undefined));
    });
    return Promise.race([this.checker.outcome(() => token.isCancellationRequested), cancelled]);
  }

  private finished(outcome: Outcome): void {
    this.publish(outcome);
    const { project, findings, failedRules } = outcome;
    const [state, message] =
      failedRules.length > 0
        ? (['error', `Failed: ${failedRules.join(', ')}. The output says why.`] as const)
        : project.limits.length > 0
          ? (['limited', `Not everything was checked: ${project.limits.join('; ')}`] as const)
          : (['idle', ''] as const);
    this.tell({ state, servers: project.servers.length, findings: findings.length, message });
  }

  private publish(outcome: Outcome): void {
    const context = this.contextOf(outcome);
    const diagnosticsOf = (path: string) => [
      ...outcome.inFile(path).map(context.toDiagnostic),
      ...outcome
        .causedIn(path)
        .filter(({ finding }) => !this.publisher.shows(finding.path, this.everywhere))
        .map((caused) => toDiagnosticOfCause(caused, path, context)),
    ];
    this.publisher.publish(outcome.byPath.keys(), diagnosticsOf, this.everywhere);
  }

  private get everywhere(): boolean {
    return this.settings.diagnostics === 'workspace';
  }

  /** The surroundings of the translators: one outcome and what the client can. */
  private contextOf(outcome: Outcome) {
    const { client, documents } = this;
    const documentationOf = (ruleId: string) => {
      const base = this.settings.documentationBaseUrl ?? client.ruleDocumentation;
      return base && pageAddress(base, ruleId);
    };
    const context = { client, outcome, documentationOf, uriOf: (path: string) => documents.uriOf(path) };
    return {
      ...context,
      toDiagnostic: (finding: Finding) => toDiagnostic(finding, context),
      toWorkspaceEdit: (change: Change) => toWorkspaceEdit(change, outcome.project, client, documents),
    } satisfies CodeActionContext;
  }

  private tell(status: StatusParams): void {
    if (JSON.stringify(status) === JSON.stringify(this.status)) return;
    this.status = status;
    void this.connection.sendNotification(statusNotification, status);
  }
}
