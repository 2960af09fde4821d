/** What starts the server's process, and ends it. */
export type PlatformId =
  | 'docker'
  | 'docker-run'
  | 'docker-stop'
  | 'compose'
  | 'kubernetes'
  | 'fly'
  | 'ecs'
  | 'fargate'
  | 'cloud-run'
  | 'heroku'
  | 'render'
  | 'railway'
  | 'systemd'
  | 'pm2'
  | 'azure-container-apps'
  | 'digitalocean'
  | 'nomad'
  | 'nomad-process';

/** What a platform does when it stops a server. */
export interface Platform {
  /** As a sentence names the one who kills. */
  readonly name: string;
  /** The key that sets the grace period; `undefined` where none does. */
  readonly key: string | undefined;
  /** The period in ms where nothing sets one; `undefined` where sources disagree. */
  readonly defaultMs: number | undefined;
  /** The same for containers of Windows, where it is another one. */
  readonly windowsMs?: number;
  /** The longest period in ms that the platform takes. */
  readonly maxMs: number | undefined;
  /** What sets that limit, where it is a setting of those who run the platform. */
  readonly maxSetBy?: string;
  /** How the period is written: a number of seconds or milliseconds, or a text such as `1m30s`. */
  readonly unit: 'seconds' | 'milliseconds' | 'duration';
  /** The signal where neither the deployment nor the image names one. */
  readonly signal: string;
  /** The key that sets the signal. */
  readonly signalKey: string | undefined;
  /** Whether the image's STOPSIGNAL counts. */
  readonly honorsImage: boolean;
  /** How the delay before the signal is called, where the platform has one. */
  readonly delay?: string;
  /** Whether that is taken off the period. */
  readonly countsPreStop: boolean;
}

/** How each platform stops a server. Facts, no code. */
export const platforms: Readonly<Record<PlatformId, Platform>> = {
  docker: {
    name: 'docker stop',
    key: undefined,
    defaultMs: 10_000,
    windowsMs: 30_000,
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
    windowsMs: 30_000,
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
    windowsMs: 30_000,
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
    delay: 'preStop',
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
  ecs: {
    name: 'Amazon ECS',
    key: 'stopTimeout',
    defaultMs: 30_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: true,
    countsPreStop: false,
  },
  fargate: {
    name: 'AWS Fargate',
    key: 'stopTimeout',
    defaultMs: 30_000,
    maxMs: 120_000,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: true,
    countsPreStop: false,
  },
  'cloud-run': {
    name: 'Cloud Run',
    key: undefined,
    defaultMs: 10_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: false,
    countsPreStop: false,
  },
  heroku: {
    name: 'Heroku',
    key: undefined,
    defaultMs: 30_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: false,
    countsPreStop: false,
  },
  render: {
    name: 'Render',
    key: 'maxShutdownDelaySeconds',
    defaultMs: 30_000,
    maxMs: 300_000,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: false,
    countsPreStop: false,
  },
  railway: {
    name: 'Railway',
    key: 'drainingSeconds',
    defaultMs: undefined,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: false,
    countsPreStop: false,
  },
  systemd: {
    name: 'systemd',
    key: 'TimeoutStopSec',
    defaultMs: 90_000,
    maxMs: undefined,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: 'KillSignal',
    honorsImage: false,
    countsPreStop: false,
  },
  pm2: {
    name: 'PM2',
    key: 'kill_timeout',
    defaultMs: 1_600,
    maxMs: undefined,
    unit: 'milliseconds',
    signal: 'SIGINT',
    signalKey: undefined,
    honorsImage: false,
    countsPreStop: false,
  },
  'azure-container-apps': {
    name: 'Azure Container Apps',
    key: 'terminationGracePeriodSeconds',
    defaultMs: 30_000,
    maxMs: 600_000,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: false,
    countsPreStop: false,
  },
  digitalocean: {
    name: 'DigitalOcean',
    key: 'grace_period_seconds',
    defaultMs: 120_000,
    maxMs: 600_000,
    unit: 'seconds',
    signal: 'SIGTERM',
    signalKey: undefined,
    honorsImage: false,
    delay: 'drain_seconds',
    countsPreStop: false,
  },
  nomad: {
    name: 'Nomad',
    key: 'kill_timeout',
    defaultMs: 5_000,
    maxMs: 30_000,
    maxSetBy: "the clients' max_kill_timeout",
    unit: 'duration',
    signal: 'SIGTERM',
    signalKey: 'kill_signal',
    honorsImage: true,
    delay: 'shutdown_delay',
    countsPreStop: false,
  },
  // The drivers that run a process without a container.
  'nomad-process': {
    name: 'Nomad',
    key: 'kill_timeout',
    defaultMs: 5_000,
    maxMs: 30_000,
    maxSetBy: "the clients' max_kill_timeout",
    unit: 'duration',
    signal: 'SIGINT',
    signalKey: 'kill_signal',
    honorsImage: false,
    delay: 'shutdown_delay',
    countsPreStop: false,
  },
};
