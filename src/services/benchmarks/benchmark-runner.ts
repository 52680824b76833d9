import type { Release } from '../shared/release-guard.js';
import { claimBenchmark, forgetLeases, hasClaimable } from './benchmark-lease.js';
import { removeStaleSources } from './benchmark-sources.js';
import { type BenchmarkRunDependencies, runBenchmark } from './run-benchmark.js';
import { HeldTurn } from './turns/held-turn.js';
import type { MachineTurn } from './turns/machine-turn.js';

export interface BenchmarkRunnerDependencies extends BenchmarkRunDependencies {
  /** Name of this machine. */
  machine: string;
  release: Release;
  /** No other process shares the database. */
  alone: boolean;
  /** Lets one program measure at a time on this machine. Default: no limit. */
  turns?: MachineTurn | undefined;
}

/** Interval of the search for queued benchmarks in ms, in addition to notifications. */
const POLL_MS = 5_000;
/** Interval in ms of the attempts while another program measures. */
const TURN_POLL_MS = 1_000;

/** Runs benchmarks on this machine, one at a time. */
export class BenchmarkRunner {
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;
  #turnPoll: NodeJS.Timeout | undefined;
  /** A benchmark may have been queued since the last search. */
  #woken = false;

  constructor(private readonly deps: BenchmarkRunnerDependencies) {}

  /** Resumes the benchmarks of earlier processes, and runs queued ones. */
  async start(): Promise<void> {
    if (this.deps.alone) await forgetLeases(this.deps.fork());
    this.#poll = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Searches for a benchmark to run, unless one is running. Does nothing before `start` and after `close`. */
  wake(): void {
    if (this.#poll === undefined || this.#closing.signal.aborted) return;
    this.#woken = true;
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
      if (this.#woken) this.wake();
    });
  }

  /** Stops the running benchmark within its sample; the next runner resumes it. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#poll);
    await this.#running;
    clearTimeout(this.#turnPoll);
    await this.deps.turns?.withdraw();
  }

  async #runAll(): Promise<void> {
    const { fork, machine, sourcesFolder, release, onError } = this.deps;
    while (!this.#closing.signal.aborted) {
      this.#woken = false;
      try {
        // Even if there is no benchmark to run: a cancelled one may have left its images.
        await removeStaleSources(fork(), sourcesFolder);
        if (!(await hasClaimable(fork(), machine)) || !(await release.isCurrent())) {
          await this.deps.turns?.withdraw();
          return;
        }
        if (!(await this.#runNext())) return;
      } catch (error) {
        // The database is probably unavailable; the next search retries.
        onError(error);
        return;
      }
    }
  }

  /** Returns false if another program is measuring on this machine, or no benchmark could be claimed. */
  async #runNext(): Promise<boolean> {
    const { fork, machine, sourcesFolder } = this.deps;
    const turn = await this.#acquireTurn();
    if (turn === null) {
      clearTimeout(this.#turnPoll);
      this.#turnPoll = setTimeout(() => this.wake(), TURN_POLL_MS);
      return false;
    }
    try {
      const claim = await claimBenchmark(fork, machine);
      if (claim === undefined) return false;
      // The claim has ended the lease of a process that died while it ran the same benchmark.
      await removeStaleSources(fork(), sourcesFolder);
      await runBenchmark(claim, this.deps, turn, this.#closing.signal);
      return true;
    } finally {
      await turn.end();
    }
  }

  /** Null while another program measures. A lock that cannot be taken must not stop every benchmark. */
  async #acquireTurn(): Promise<HeldTurn | null> {
    const { turns, onError } = this.deps;
    const what = 'a benchmark';
    try {
      const end = turns ? await turns.tryAcquire(what) : null;
      return turns && end === null ? null : new HeldTurn(turns, what, end, onError);
    } catch (error) {
      onError(error);
      return new HeldTurn(turns, what, null, onError);
    }
  }
}
