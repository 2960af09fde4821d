export type PackageFacts = Record<string, never>;
