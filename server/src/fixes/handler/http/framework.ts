import type { Project } from '../../../project/project.ts';
import type { McpServer } from '../../../project/server.ts';
import type { Route } from '../../../project/serving.ts';
import type { ServerStart } from '../../../project/transports.ts';
import type { ImportLine } from '../../source/imports.ts';
import type { Insertion } from '../../source/insertion.ts';
import type { PlannedFile } from '../../source/plannedFile.ts';
import type { Serving } from '../places/serving.ts';
import type { GuardUse } from './guard.ts';

/** How the handler is put into servers of one HTTP framework. */
export interface HttpFramework {
  /** As `ServerStart.framework` names it. */
  readonly name: string;
  /** The guard knows the routes of the legacy SSE transport. */
  readonly takesSse?: true;
  /** Where the listener can be named and closed. */
  listen(start: ServerStart, into: PlannedFile): Serving | undefined;
  /** What lets the guard see requests; `undefined` for a shape that was not proven. */
  guard(project: Project, server: McpServer, use: GuardUse): Wiring | undefined;
  /** What lets health routes say that the server stops: all that have a place for it, or some of them. */
  health?(project: Project, routes: readonly Route[], use: GuardUse): WiringPart;
}

/** Lines for a server's requests, and the functions that they call. */
export interface WiringPart {
  readonly insertions: readonly Insertion[];
  /** Templates. They may use what `GuardUse` names, and `answers` and `streams` of the handler's state. */
  readonly functions: readonly string[];
  readonly imports: readonly ImportLine[];
}

/** The guard of a server's requests, and what it means for the handler. */
export interface Wiring extends WiringPart {
  /** Clients can open streams by GET; they are kept in `streams` and ended when the listener is closed. */
  readonly hasStreams: boolean;
  /** Legacy SSE: calls are answered on the streams, which stay open. */
  readonly answersByStream?: true;
  /** Replaces the way that the listener is closed; `closeListener(...)` is called by the steps of `listen`. */
  readonly closeListener?: { readonly code: string; readonly imports: readonly ImportLine[] };
  /** The steps of `listen` close the listener by the framework's own means. */
  readonly closesListener?: true;
  /** NestJS: the class whose hooks call `drain` and `closeListener`, in place of signal listeners. */
  readonly rootModule?: string;
}
