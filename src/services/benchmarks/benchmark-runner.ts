import { claimBenchmark, forgetLeases } from './benchmark-lease.js';
import { removeStaleSources } from './benchmark-sources.js';
import { type BenchmarkRunDependencies, runBenchmark } from './run-benchmark.js';

export interface BenchmarkRunnerDependencies extends BenchmarkRunDependencies {
  /** What this machine is called. */
  machine: string;
  /** No other process shares the database. */
  alone: boolean;
}

/** Benchmarks are looked for at least so often, whatever was heard of them. */
const POLL_MS = 5_000;

/** Runs benchmarks on this machine, one at a time. */
export class BenchmarkRunner {
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #poll: NodeJS.Timeout | undefined;
  /** There may be something to run that the last look did not see. */
  #woken = false;

  constructor(private readonly deps: BenchmarkRunnerDependencies) {}

  /** Goes on with what a process before this one was at. */
  async start(): Promise<void> {
    if (this.deps.alone) await forgetLeases(this.deps.fork());
    this.#poll = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  /** Looks for something to run, unless one is running. Does nothing where the runner was not started. */
  wake(): void {
    if (this.#poll === undefined || this.#closing.signal.aborted) return;
    this.#woken = true;
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
      if (this.#woken) this.wake();
    });
  }

  /** Stops what runs, in the middle of a sample; it goes on when a runner starts again. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#poll);
    await this.#running;
  }

  async #runAll(): Promise<void> {
    const { fork, machine, sourcesFolder, onError } = this.deps;
    while (!this.#closing.signal.aborted) {
      this.#woken = false;
      try {
        const claim = await claimBenchmark(fork, machine);
        // After the claim: it has ended the lease of whoever died over the same benchmark.
        await removeStaleSources(fork(), sourcesFolder);
        if (claim === undefined) return;
        await runBenchmark(claim, this.deps, this.#closing.signal);
      } catch (error) {
        // The database, most likely: the next look finds what is left.
        onError(error);
        return;
      }
    }
  }
}
