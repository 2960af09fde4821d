export type DockerfileFacts = Record<string, never>;
