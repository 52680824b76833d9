import type { MeasuredTimes } from '../../src/benchmark/analysis/comparison/measured-times.js';
import { HeldTurn } from '../../src/services/benchmarks/turns/held-turn.js';
import { acquireTurn, type MachineTurn } from '../../src/services/benchmarks/turns/machine-turn.js';

/** Measures one benchmark; `between` is awaited between two of its repetitions. */
export type Run = (between: () => Promise<void>) => Promise<void>;

/** The order in which the repetitions of several benchmarks are measured. */
export interface Schedule {
  measure(runs: readonly Run[]): Promise<void>;
  /** When a benchmark was measured, as its comparison reads it. */
  timesOf(index: number): MeasuredTimes;
}

/** Minutes after 1970. */
const between = (begin: number, end: number): MeasuredTimes => ({
  startedAt: new Date(60_000 * begin).toISOString(),
  finishedAt: new Date(60_000 * end).toISOString(),
});

/** Each benchmark as a whole. */
export const oneAfterAnother: Schedule = {
  async measure(runs) {
    for (const run of runs) await run(async () => undefined);
  },
  timesOf: (index) => between(index, index + 1),
};

const WHAT = 'an A/A trial';
const NEVER = new AbortController().signal;

/**
 * One repetition of each benchmark, as programs that are started at the same time are measured.
 *
 * @param turnsOf the turns of one more program
 * @param pollMs interval of the attempts to get a turn; default: that of a server
 */
export function inTurn(turnsOf: () => MachineTurn, pollMs?: number): Schedule {
  const measured = async (run: Run) => {
    const turns = turnsOf();
    const end = await acquireTurn(turns, WHAT, Number.POSITIVE_INFINITY);
    const turn = new HeldTurn(turns, WHAT, end, rethrow, pollMs);
    try {
      await run(async () => void (await turn.pass(NEVER, async () => undefined)));
    } finally {
      await turn.end();
    }
  };
  return {
    async measure(runs) {
      await Promise.all(runs.map(measured));
    },
    timesOf: () => between(0, 1),
  };
}

/** The turns of programs on a simulated machine, in the order in which they ask. */
export class SimulatedLine {
  readonly #waiting: object[] = [];
  #holder: object | undefined;

  turns(): MachineTurn {
    const place = {};
    const leave = () => {
      const index = this.#waiting.indexOf(place);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
    return {
      tryAcquire: async () => {
        if (!this.#waiting.includes(place)) this.#waiting.push(place);
        if (this.#holder || this.#waiting[0] !== place) return null;
        leave();
        this.#holder = place;
        return async () => {
          this.#holder = undefined;
        };
      },
      isAwaited: async () => this.#waiting.length > 0,
      withdraw: async () => leave(),
    };
  }
}

/** Samples without a turn are those of no trial. */
function rethrow(error: unknown): never {
  throw error;
}
