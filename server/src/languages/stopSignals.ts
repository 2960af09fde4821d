/** Names of signals as Docker knows them on Linux, without `SIG`. */
const names = new Set(
  `ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP
  TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX`.split(/\s+/),
);

/** The signals that people stop containers with, for a guess at what was meant. */
export const usualStopSignals = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'];

/**
 * What is wrong with a signal that a container is to be stopped with.
 * @param value a name with or without `SIG`, or a number
 * @returns `uncatchable`: no process can handle it; `missing`: there is no such signal; `undefined`: nothing
 */
export function stopSignalFault(value: string): 'uncatchable' | 'missing' | undefined {
  const name = value.trim().toUpperCase().replace(/^SIG/, '');
  if (/^(KILL|STOP|9|19)$/.test(name)) return 'uncatchable';
  if (/^\d+$/.test(name)) return Number(name) >= 1 && Number(name) <= 64 ? undefined : 'missing';
  const realTime = /^RTM(?:IN\+(\d{1,2})|AX-(\d{1,2}))$/.exec(name);
  if (realTime)
    return Number(realTime[1] ?? 0) <= 15 && Number(realTime[2] ?? 0) <= 14 ? undefined : 'missing';
  return names.has(name) ? undefined : 'missing';
}
