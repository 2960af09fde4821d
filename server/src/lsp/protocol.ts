/**
 * What this server adds to the Language Server Protocol. Plain names and types without imports, so that a client
 * can share them.
 */

/** The settings section, and the first part of every name below. */
export const section = 'mcpShutdown';

/** Also the `source` of every diagnostic. */
export const diagnosticSource = 'mcp-shutdown';

/** The code action kind that applies every safe fix of a document. */
export const fixAllKind = 'source.fixAll.mcpShutdown';

/** A command of the client, called with a rule id; offered in code actions when the client lists it in `commands`. */
export const openRuleCommand = 'mcpShutdown.openRule';

/** A command of the client, without arguments: shows all timelines; offered in hovers likewise. */
export const showTimelineCommand = 'mcpShutdown.showTimeline';

/** `initialize`: all optional, so that any client can start the server. */
export interface InitializationOptions {
  /** Whether the person trusts the workspace; default true, for editors that know no such thing. */
  readonly trusted?: boolean;
  /** The address of a rule's page, with `{rule}` in the place of its id. */
  readonly ruleDocumentation?: string;
  /** The commands that the client carries out. */
  readonly commands?: readonly string[];
}

/**
 * Client to server, request: checks every file and publishes what is found in all of them, open or not.
 * Progress is reported to `workDoneToken`; `$/cancelRequest` stops it with the error RequestCancelled.
 */
export const checkWorkspaceRequest = 'mcpShutdown/checkWorkspace';
export interface CheckWorkspaceParams {
  readonly workDoneToken?: string | number;
}
export interface CheckWorkspaceResult {
  /** Files that were looked at. */
  readonly files: number;
  readonly findings: number;
  readonly servers: number;
}

/**
 * Client to server, request without parameters: what happens between a stop and SIGKILL, for each server and deployment
 * of the workspace. The result is a list of `TimelineView` (timeline/view.ts) whose places have a `uri`.
 */
export const timelinesRequest = 'mcpShutdown/timelines';

/** Client to server, notification without parameters: the person trusts the workspace from now on. */
export const trustGrantedNotification = 'mcpShutdown/trustGranted';

/** Server to client, notification: sent whenever what it says changes. */
export const statusNotification = 'mcpShutdown/status';
export interface StatusParams {
  /** `limited`: the check is done, but something was left out; `error`: a part of it failed. `message` says what. */
  readonly state: 'idle' | 'checking' | 'limited' | 'error';
  /** MCP servers and findings of the whole workspace, as of the last finished check. */
  readonly servers: number;
  readonly findings: number;
  readonly message: string;
}
