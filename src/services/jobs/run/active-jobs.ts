import { ActiveJob, type JobEnds, type RunDependencies } from './active-job.js';
import type { JobFacts } from './job-chunk.js';

/** The jobs of which this process holds chunks; a job that was retried is another one. */
export class ActiveJobs {
  readonly #jobs = new Map<string, ActiveJob>();

  constructor(
    private readonly deps: RunDependencies,
    private readonly ends: JobEnds,
  ) {}

  /** The job of a chunk that is about to be run; to be left when that has ended. */
  join(facts: JobFacts): ActiveJob {
    const key = keyOf(facts);
    const job = this.#jobs.get(key) ?? new ActiveJob(facts, this.deps, this.ends);
    job.chunks++;
    this.#jobs.set(key, job);
    return job;
  }

  leave(job: ActiveJob): void {
    if (--job.chunks > 0) return;
    job.close();
    this.#jobs.delete(keyOf(job.facts));
  }

  /** Items in hand, by owner. */
  inHand(): Map<string, number> {
    const items = new Map<string, number>();
    for (const { facts, inHand } of this.#jobs.values()) {
      items.set(facts.ownerId, (items.get(facts.ownerId) ?? 0) + inHand);
    }
    return items;
  }
}

const keyOf = ({ id, round }: JobFacts): string => `${id} ${round}`;
