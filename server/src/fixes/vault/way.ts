import type { VaultTake } from '../../project/resources/vault.ts';

/** How leases, or the own tokens, are given back: code that names `lease_id` or `ownToken`, and what is `passed`. */
export interface Way {
  /** The lines of a call that gives one back. */
  readonly call: readonly string[];
  /** The lines of a function that the call names; none where it is empty. */
  readonly helper: string;
  /** Whether the call names `signal`, which ends it. */
  readonly endsBySignal: boolean;
  /** What the call needs and a function of the module cannot name: it is noted with each. */
  readonly passed: readonly Passed[];
  /** Where the id or the token stands in what Vault's answer is to the code: `['auth', 'client_token']`. */
  readonly at: readonly string[];
}

/** Something that is noted where the lease or token is taken. */
export interface Passed {
  readonly name: string;
  readonly type: string;
  /** The text of the expression that has it there. */
  of(take: VaultTake): string;
}

/** The ways for all that one server takes. */
export interface Ways {
  readonly lease: Way | undefined;
  readonly token: Way | undefined;
}

/** How `ownToken` is written where it has to be a string: a variable of the module may be empty, for all that is known. */
export function tokenIn(passed: readonly Passed[]): string {
  return passed.length > 0 ? 'ownToken' : "ownToken‹ ?? ''›";
}

/** The text that all of some have. */
export function sameText(texts: readonly (string | undefined)[]): string | undefined {
  return new Set(texts).size === 1 ? texts[0] : undefined;
}
