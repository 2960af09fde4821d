export type SourceFacts = Record<string, never>;
