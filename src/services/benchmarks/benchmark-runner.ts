import type { Release } from '../shared/release-guard.js';
import { claimBenchmark, forgetLeases, hasClaimable } from './benchmark-lease.js';
import { removeStaleSources } from './benchmark-sources.js';
import { type BenchmarkRunDependencies, runBenchmark } from './run-benchmark.js';

export interface BenchmarkRunnerDependencies extends BenchmarkRunDependencies {
  /** Name of this machine. */
  machine: string;
  release: Release;
  /** No other process shares the database. */
  alone: boolean;
  /**
   * Acquires the lock that allows one benchmark at a time on this machine, across programs. Returns a function that
   * releases it, or null while another program holds it. Default: no lock.
   */
  lockMachine?: (() => Promise<(() => Promise<void>) | null>) | undefined;
}

/** Interval of the search for queued benchmarks in ms, in addition to notifications. */
const POLL_MS = 5_000;

/** Runs benchmarks on this machine, one at a time. */
export class BenchmarkRunner {
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;
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
  }

  async #runAll(): Promise<void> {
    const { fork, machine, sourcesFolder, release, onError } = this.deps;
    while (!this.#closing.signal.aborted) {
      this.#woken = false;
      try {
        // Even if there is no benchmark to run: a cancelled one may have left its images.
        await removeStaleSources(fork(), sourcesFolder);
        if (!(await hasClaimable(fork(), machine)) || !(await release.isCurrent())) return;
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
    const release = await this.#lockMachine();
    if (release === null) return false;
    try {
      const claim = await claimBenchmark(fork, machine);
      if (claim === undefined) return false;
      // The claim has ended the lease of a process that died while it ran the same benchmark.
      await removeStaleSources(fork(), sourcesFolder);
      await runBenchmark(claim, this.deps, this.#closing.signal);
      return true;
    } finally {
      await release();
    }
  }

  /** Returns the function that releases the lock. A lock that cannot be taken must not stop every benchmark. */
  async #lockMachine(): Promise<(() => Promise<void>) | null> {
    const { lockMachine } = this.deps;
    const unlocked = async () => undefined;
    if (!lockMachine) return unlocked;
    try {
      return await lockMachine();
    } catch (error) {
      this.deps.onError(error);
      return unlocked;
    }
  }
}
