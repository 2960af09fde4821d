export interface Stops {
  prepare(): Promise<void>;
  finish(): Promise<void>;
}
