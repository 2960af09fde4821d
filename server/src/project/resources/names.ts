/** Names of methods that may release what their object holds. */
export const closing =
  /^(async)?_?(clean|close|shut|stop|dispose|destroy|tear|release|end|drain|flush|disconnect|terminate|quit|kill|free|cancel|abort|finalize|exit|unload|reset)/i;

/** Names of functions that are there to be called at the end. */
export const ending =
  /^(async)?_?(clean|close|shut|stop|dispose|destroy|tear|release|end|drain|flush|disconnect|terminate|quit|free|finalize)/i;
