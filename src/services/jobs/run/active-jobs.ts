import { ActiveJob, type JobEnds, type RunDependencies } from './active-job.js';
import type { JobFacts } from './job-chunk.js';

/** The jobs of which this process holds chunks, by id and round. */
export class ActiveJobs {
  readonly #jobs = new Map<string, ActiveJob>();

  constructor(
    private readonly deps: RunDependencies,
    private readonly ends: JobEnds,
  ) {}

  /** Returns the active job of a chunk that is about to run; the caller calls `leave` when the chunk has ended. */
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

  /** Returns the number of active items by owner. */
  itemsByOwner(): Map<string, number> {
    const items = new Map<string, number>();
    for (const { facts, activeItems } of this.#jobs.values()) {
      items.set(facts.ownerId, (items.get(facts.ownerId) ?? 0) + activeItems);
    }
    return items;
  }
}

const keyOf = ({ id, round }: JobFacts): string => `${id} ${round}`;
