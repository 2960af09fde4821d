export type Job = { command: string } | { archive: string };

const queue: string[] = [];

/** Commands are only noted; archives are sent. Which of the two a tool asks for, its job's shape tells. */
export class Jobs {
  async run(job: Job) {
    if ('command' in job) return this.note(job.command);
    return this.send(job.archive);
  }

  private async note(command: string) {
    queue.push(command);
    return `${queue.length} waiting`;
  }

  private async send(archive: string) {
    const answer = await fetch('https://jobs.example/archives', { method: 'PUT', body: archive });
    return answer.statusText;
  }
}
