import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Job } from '../../entities/job.entity.js';
import type { Progress, ProgressNotice } from '../../progress/progress.js';
import { requireOwner } from '../shared/ownership.js';
import { type ProgressFeed, ProgressFeeds } from '../shared/progress-feed.js';
import { type ItemView, itemsEndedBetween } from './job-items.js';

/** A state of a job, with the items that ended since the event before it. */
export type JobEvent = Pick<
  Job,
  'seq' | 'status' | 'totalCount' | 'completedCount' | 'failedCount' | 'progress'
> & { jobId: string; items: ItemView[] };

type JobState = Omit<JobEvent, 'items'> & { ownerId: string };

export interface JobFeedDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
}

/** The jobs that clients of this process follow; a job is read once for all of them after each change. */
export class JobFeeds {
  readonly #feeds: ProgressFeeds<JobState>;

  constructor(private readonly deps: JobFeedDependencies) {
    this.#feeds = new ProgressFeeds(
      (id) => deps.progress.subscribe('job', id),
      (id) => stateOf(deps.fork(), id),
    );
  }

  /**
   * Follows a job for a user until `notices` are ended by `return()`. Items are read only if they are wanted, because they
   * are the largest part of the cost of an event.
   */
  follow(userId: string, jobId: string, withItems: boolean): JobFollower {
    return new JobFollower({ ...this.#feeds.follow(jobId), userId, jobId, withItems, fork: this.deps.fork });
  }
}

interface Following {
  feed: ProgressFeed<JobState>;
  notices: AsyncIterableIterator<ProgressNotice>;
  userId: string;
  jobId: string;
  withItems: boolean;
  fork(): SqlEntityManager;
}

/** One subscriber of a job. Subscribers with the same previous event get the same object. */
export class JobFollower {
  /** One notice immediately and one after each change. */
  readonly notices: AsyncIterableIterator<ProgressNotice>;
  #seq = -1;

  constructor(private readonly following: Following) {
    this.notices = following.notices;
  }

  /**
   * Returns the event of a state with at least this `seq`, for undefined of the stored state; undefined if nothing has
   * changed since the last event. Throws NOT_FOUND for a deleted job, FORBIDDEN if it is not the user's.
   */
  async next(atLeast: number | undefined): Promise<JobEvent | undefined> {
    const { feed, userId, jobId, withItems, fork } = this.following;
    const state = await feed.stateAt(atLeast);
    requireOwner('job', jobId, state?.ownerId, userId);
    if (state === null || state.seq === this.#seq) return undefined;
    const after = withItems ? this.#seq : undefined;
    const event = await feed.share(state, `after ${after}`, () => eventOf(fork(), state, after));
    this.#seq = state.seq;
    return event;
  }
}

/** Returns null if the job has been deleted. Plain SQL, because it runs for each change of a job that is followed. */
async function stateOf(em: SqlEntityManager, id: string): Promise<JobState | null> {
  const [row] = await em.execute<(Omit<JobState, 'progress'> & { cancelledCount: number })[]>(
    `select id as "jobId", owner_id as "ownerId", seq, status, total_count as "totalCount",
       completed_count as "completedCount", failed_count as "failedCount", cancelled_count as "cancelledCount"
     from job where id = ?`,
    [id],
  );
  if (row === undefined) return null;
  const { cancelledCount, ...state } = row;
  const ended = state.completedCount + state.failedCount + cancelledCount;
  return { ...state, progress: ended / state.totalCount };
}

/** @param after `seq` of the event before it; undefined: without items */
async function eventOf(
  em: SqlEntityManager,
  { ownerId: _, ...state }: JobState,
  after: number | undefined,
): Promise<JobEvent> {
  const items = after === undefined ? [] : await itemsEndedBetween(em, state.jobId, after, state.seq);
  return { ...state, items };
}
