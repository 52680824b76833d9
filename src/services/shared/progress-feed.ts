import type { ProgressNotice } from '../../progress/progress.js';
import { sharedRead } from '../../scheduling/shared-read.js';

/** Row that clients follow; `seq` grows with every change. */
interface Followed {
  readonly seq: number;
}

/**
 * State of one row for all of its followers in this process: read once for each change, however many follow it. What is
 * made of a state for one follower is shared with those that need the same.
 */
export class ProgressFeed<State extends Followed> {
  readonly #read: () => Promise<State | null>;
  #latest: State | null = null;
  /** What was made of the latest state, by key. */
  readonly #made = new Map<string, Promise<unknown>>();

  /** @param load resolves to null if the row has been deleted */
  constructor(load: () => Promise<State | null>) {
    this.#read = sharedRead(async () => {
      const state = await load();
      if (state?.seq !== this.#latest?.seq) this.#made.clear();
      this.#latest = state;
      return state;
    });
  }

  /** Returns a state with at least this `seq`; for undefined, the result of a read that starts after the call. */
  async stateAt(seq: number | undefined): Promise<State | null> {
    const known = this.#latest;
    return seq !== undefined && known !== null && known.seq >= seq ? known : this.#read();
  }

  /** Returns what `make` returns, the same for every call with this state and key. */
  share<Made>(state: State, key: string, make: () => Promise<Made>): Promise<Made> {
    if (state !== this.#latest) return make();
    const known = this.#made.get(key) as Promise<Made> | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(key, made);
    made.catch(() => this.#made.delete(key));
    return made;
  }
}

/** The feeds of this process by id; each exists while it has followers. */
export class ProgressFeeds<State extends Followed> {
  readonly #feeds = new Map<string, { feed: ProgressFeed<State>; followers: number }>();

  constructor(
    private readonly subscribe: (id: string) => AsyncIterableIterator<ProgressNotice>,
    private readonly load: (id: string) => Promise<State | null>,
  ) {}

  /** Follows a row until the notices end; they end with `return()`. */
  follow(id: string): { feed: ProgressFeed<State>; notices: AsyncIterableIterator<ProgressNotice> } {
    const entry = this.#feeds.get(id) ?? { feed: new ProgressFeed(() => this.load(id)), followers: 0 };
    entry.followers++;
    this.#feeds.set(id, entry);
    const release = () => {
      if (--entry.followers === 0) this.#feeds.delete(id);
    };
    return { feed: entry.feed, notices: new ReleasingNotices(this.subscribe(id), release) };
  }

  /** Number of rows that are followed. */
  get size(): number {
    return this.#feeds.size;
  }
}

/** Notices that call `release` once when they end. */
class ReleasingNotices implements AsyncIterableIterator<ProgressNotice> {
  #released = false;

  constructor(
    private readonly notices: AsyncIterableIterator<ProgressNotice>,
    private readonly release: () => void,
  ) {}

  async next(): Promise<IteratorResult<ProgressNotice, undefined>> {
    const result = await this.notices.next();
    if (result.done) this.#release();
    return result;
  }

  async return(): Promise<IteratorResult<ProgressNotice, undefined>> {
    this.#release();
    await this.notices.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #release(): void {
    if (this.#released) return;
    this.#released = true;
    this.release();
  }
}
