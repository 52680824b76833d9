import type { SqlEntityManager } from '@mikro-orm/sql';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import type { Progress, ProgressNotice } from '../../progress/progress.js';
import { requireOwner } from '../shared/ownership.js';
import { type ProgressFeed, ProgressFeeds } from '../shared/progress-feed.js';
import { eventAfter } from './benchmark-events.js';

export interface BenchmarkFeedDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
}

/** The benchmarks that clients of this process follow; one is read once for all of them after each change. */
export class BenchmarkFeeds {
  readonly #feeds: ProgressFeeds<Benchmark>;

  constructor(private readonly deps: BenchmarkFeedDependencies) {
    this.#feeds = new ProgressFeeds(
      (id) => deps.progress.subscribe('benchmark', id),
      (id) => deps.fork().findOne(Benchmark, { id }),
    );
  }

  /** Follows a benchmark for a user until `notices` are ended by `return()`. */
  follow(userId: string, id: string): BenchmarkFollower {
    return new BenchmarkFollower({ ...this.#feeds.follow(id), userId, id, fork: this.deps.fork });
  }
}

interface Following {
  feed: ProgressFeed<Benchmark>;
  notices: AsyncIterableIterator<ProgressNotice>;
  userId: string;
  id: string;
  fork(): SqlEntityManager;
}

/** One subscriber of a benchmark. Subscribers with the same previous event get the same object. */
export class BenchmarkFollower {
  /** One notice immediately and one after each change. */
  readonly notices: AsyncIterableIterator<ProgressNotice>;
  #seq: number | undefined;

  constructor(private readonly following: Following) {
    this.notices = following.notices;
  }

  /**
   * Returns the event after the last one ({@link eventAfter}), from a state with at least `atLeast`, for undefined from
   * the stored state. Throws NOT_FOUND for a deleted benchmark, FORBIDDEN if it is not the user's.
   */
  async next(atLeast: number | undefined): ReturnType<typeof eventAfter> {
    const { feed, userId, id, fork } = this.following;
    const benchmark = await feed.stateAt(atLeast);
    requireOwner('benchmark', id, benchmark?.owner.id, userId);
    if (benchmark === null) return undefined;
    const after = this.#seq;
    const reading = await feed.share(benchmark, `after ${after}`, () => eventAfter(fork(), benchmark, after));
    this.#seq = reading?.event.seq ?? after;
    return reading;
  }
}
