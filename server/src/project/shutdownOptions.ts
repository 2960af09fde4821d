import { writtenName } from '../languages/source/names.ts';
import type { CallExpr } from './program.ts';

/** What people say of how their servers shut down, where the code does not tell. */
export interface ShutdownOptions {
  /** How long a server waits for calls where neither its code nor its deployment says so, in ms. */
  readonly drainTimeoutMs?: number;
  /** What is to be left of a grace period behind the drain, in ms. */
  readonly bufferMs?: number;
  /** Names of functions that wait until no call is running. */
  readonly drainFunctions?: readonly string[];
  /** Names of functions that close or release what the server holds. */
  readonly closeFunctions?: readonly string[];
}

/** Where nobody said anything. */
export const noShutdownOptions: ShutdownOptions = {};

/** Whether a call is of a function that waits for the calls, as people say. */
export function isSaidToDrain(call: CallExpr, { drainFunctions }: ShutdownOptions): boolean {
  return drainFunctions?.includes(writtenName(call.callee)) === true;
}

/** Whether a call is of a function that closes what the server holds, as people say. */
export function isSaidToClose(call: CallExpr, { closeFunctions }: ShutdownOptions): boolean {
  return closeFunctions?.includes(writtenName(call.callee)) === true;
}
