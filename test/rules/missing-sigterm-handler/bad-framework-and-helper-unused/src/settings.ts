export const timeout = 5_000;
