export const state = { isShuttingDown: false, active: 0 };
