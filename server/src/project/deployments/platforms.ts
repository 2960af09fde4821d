/** What starts the server's process, and ends it. */
export type PlatformId = 'docker' | 'docker-run' | 'docker-stop' | 'compose' | 'kubernetes' | 'fly';

/** What a platform does when it stops a server. */
export interface Platform {
  /** As a sentence names the one who kills. */
  readonly name: string;
  /** The key that sets the grace period; `undefined` where none does. */
  readonly key: string | undefined;
  /** The period in ms where nothing sets one. */
  readonly defaultMs: number;
  /** The longest period in ms that the platform takes. */
  readonly maxMs: number | undefined;
  /** How the period is written: a number of seconds, or a text such as `1m30s`. */
  readonly unit: 'seconds' | 'duration';
  /** The signal where neither the deployment nor the image names one. */
  readonly signal: string;
  /** The key that sets the signal. */
  readonly signalKey: string | undefined;
  /** Whether the image's STOPSIGNAL counts. */
  readonly honorsImage: boolean;
  /** Whether a delay before the signal (preStop) is taken off the period. */
  readonly countsPreStop: boolean;
}

/** How each platform stops a server. Facts, no code. */
export const platforms: Readonly<Record<PlatformId, Platform>> = {
  docker: {
    name: 'docker stop',
    key: undefined,
    defaultMs: 10_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: true,
    countsPreStop: false,
  },
  'docker-run': {
    name: 'docker stop',
    key: '--stop-timeout',
    defaultMs: 10_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: '--stop-signal',
    honorsImage: true,
    countsPreStop: false,
  },
  'docker-stop': {
    name: 'docker stop',
    key: 'docker stop -t',
    defaultMs: 10_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: '--stop-signal',
    honorsImage: true,
    countsPreStop: false,
  },
  compose: {
    name: 'Compose',
    key: 'stop_grace_period',
    defaultMs: 10_000,
    maxMs: undefined,
    unit: 'duration',
    signal: 'SIGTERM',
    signalKey: 'stop_signal',
    honorsImage: true,
    countsPreStop: false,
  },
  kubernetes: {
    name: 'Kubernetes',
    key: 'terminationGracePeriodSeconds',
    defaultMs: 30_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: 'stopSignal',
    honorsImage: true,
    countsPreStop: true,
  },
  fly: {
    name: 'Fly.io',
    key: 'kill_timeout',
    defaultMs: 5_000,
    maxMs: 300_000,
    unit: 'seconds',
    signal: 'SIGINT',
    signalKey: 'kill_signal',
    honorsImage: false,
    countsPreStop: false,
  },
};
