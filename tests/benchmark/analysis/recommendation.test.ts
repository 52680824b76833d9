import { describe, expect, it } from '@jest/globals';
import { analyse } from '../../../src/benchmark/analysis/analyse.js';
import { inFlightText } from '../../../src/benchmark/analysis/cell-summary.js';
import { costsMore } from '../../../src/benchmark/analysis/decision.js';
import type { BenchmarkStatus } from '../../../src/benchmark/benchmark-status.js';
import type { BenchmarkSample } from '../../../src/benchmark/sample.js';
import { seededRandom } from '../../../src/benchmark/statistics/random.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';
import { around, samplesOf } from '../samples.js';

const MIB = 2 ** 20;
type Given = Partial<BenchmarkSample> & { medianMs: number; walls?: number[] };

/** Recommends from cells that are given as a median and their differences from a plain sample. */
function recommended(...given: Given[]) {
  return recommendedFrom('COMPLETED', ...given);
}

function recommendedFrom(status: BenchmarkStatus, ...given: Given[]) {
  const samples = given.flatMap(({ medianMs, walls, ...cell }) => samplesOf(cell, walls ?? around(medianMs)));
  return analyse({ samples, processors: 2, status }).recommendation;
}

/** Five samples up to 20 % from a median. */
const scattered = (medianMs: number) => [0.8, 0.9, 1, 1.1, 1.2].map((factor) => medianMs * factor);

const SYNC = { model: 'SYNC', workers: 1, medianMs: 1000, eventLoopDelayP99Ms: 300 } as const;
const THREADS = { model: 'THREADS', workers: 2, medianMs: 510, peakRssBytes: 200 * MIB } as const;
const PROCESSES = { model: 'PROCESSES', workers: 2, medianMs: 505, peakRssBytes: 400 * MIB } as const;

describe('a recommendation', () => {
  it('WIN: the others are slower', () => {
    const result = recommended(SYNC, { ...THREADS, workers: 1, medianMs: 990 }, THREADS);
    expect(result).toMatchObject({
      model: 'THREADS',
      workers: 2,
      engine: 'SHARP',
      outcome: 'WIN',
      alternatives: [],
      repetitionsNeeded: null,
    });
    expect(result?.reason).toMatch(/^Take THREADS with 2 workers: every other combination is slower\. /);
    expect(result?.reason).toContain('1.96x the speed of SYNC (95 % interval 1.93x to 1.99x)');
    expect(result?.reason).toContain('delays the event loop by 1 ms (p99), compared with 300 ms for SYNC');
  });

  it('says that a single combination has nothing to be compared with', () => {
    const result = recommended(THREADS);
    expect(result).toMatchObject({ model: 'THREADS', outcome: 'WIN' });
    expect(result?.reason).toMatch(
      /^No other model to compare with: THREADS with 2 workers is the only combination/,
    );
  });

  it('TIE: others are as fast and cost more', () => {
    const result = recommended(SYNC, THREADS, PROCESSES);
    expect(result).toMatchObject({
      model: 'THREADS',
      outcome: 'TIE',
      alternatives: [{ model: 'PROCESSES', workers: 2 }],
      repetitionsNeeded: null,
    });
    expect(result?.reason).toMatch(
      /^Take THREADS with 2 workers: PROCESSES with 2 workers is as fast within 5 %, and costs more\. /,
    );
    expect(result?.reason).toContain(
      'Peak memory: 200 MiB, compared with 400 MiB for PROCESSES with 2 workers.',
    );
  });

  it('TIE: takes the simpler of two models that are as fast and cost the same', () => {
    const equal = { medianMs: 1000, workers: 2, peakRssBytes: 100 * MIB } as const;
    const loops = recommended({ ...SYNC, peakRssBytes: 101 * MIB }, { ...equal, model: 'ASYNC' });
    expect(loops).toMatchObject({ model: 'SYNC', outcome: 'TIE' });
    expect(loops?.reason).toMatch(
      /^Take SYNC: ASYNC with 2 in flight is as fast within 5 %, and costs as much\. /,
    );
    const threads = recommended(
      { ...SYNC, medianMs: 2000 },
      { ...equal, model: 'THREADS_LOCKED' },
      { ...equal, model: 'PROCESSES', peakRssBytes: 102 * MIB },
      { ...equal, model: 'THREADS', medianMs: 1001, peakRssBytes: 103 * MIB },
    );
    expect(threads).toMatchObject({ model: 'THREADS', outcome: 'TIE' });
    expect(threads?.reason).toContain('are as fast within 5 %, and none of them costs less.');
  });

  it('decides nothing by a difference below the noise floor', () => {
    const quiet = [SYNC, { ...THREADS, medianMs: 500 }, { ...PROCESSES, medianMs: 535 }] as const;
    expect(recommended(...quiet)).toMatchObject({ model: 'THREADS', outcome: 'WIN' });
    const equalWork = { ...SYNC, workers: 2, medianMs: 1090 };
    const noisy = recommended(equalWork, ...quiet.slice(0, 2), {
      ...PROCESSES,
      medianMs: 535,
      walls: [510, 520, 535, 550, 560],
    });
    expect(noisy).toMatchObject({ outcome: 'UNDECIDED', alternatives: [{ model: 'PROCESSES' }] });
  });

  it('never contradicts its own figures, for 300 random benchmarks', () => {
    const below = seededRandom(11);
    const between = (low: number, high: number) => low + ((high - low) * below(1000)) / 999;
    const outcomes = new Set<string>();
    for (let run = 0; run < 300; run++) {
      const noise = [0.002, 0.02, 0.1][run % 3] ?? 0;
      const samples = CONCURRENCY_MODELS.flatMap((model) =>
        (model === 'SYNC' ? [1] : [1, 2]).flatMap((workers) => {
          const medianMs = 1000 / ([1, 1, 1.02, 1.9, 2][below(5)] ?? 1);
          const walls = Array.from({ length: 5 }, () => medianMs * (1 + between(-noise, noise)));
          const peakRssBytes = ([100, 103, 200][below(3)] ?? 100) * MIB;
          return samplesOf({ model, workers, peakRssBytes }, walls);
        }),
      );
      const { recommendation, cells } = analyse({ samples, processors: 2, status: 'COMPLETED' });
      if (!recommendation) throw new Error('Every cell has enough samples');
      const { outcome, reason, alternatives } = recommendation;
      outcomes.add(outcome);
      const cellOf = ({ model, workers }: { model: string; workers: number }) =>
        cells.find((cell) => cell.model === model && cell.workers === workers);
      const chosen = cellOf(recommendation);
      const others = cells.filter((cell) => cell !== chosen);
      const named = chosen && inFlightText(chosen);
      expect(reason).toMatch(outcome === 'UNDECIDED' ? /^Not decided: / : new RegExp(`^Take ${named}[:.]`));
      expect(alternatives.length > 0).toBe(outcome !== 'WIN');
      if (outcome === 'WIN') {
        for (const { medianMs } of others) expect(medianMs).toBeGreaterThan(chosen?.medianMs ?? 0);
      }
      if (outcome === 'TIE') {
        for (const alternative of alternatives) {
          const cell = cellOf(alternative);
          if (!cell || !chosen) throw new Error('Alternatives were measured');
          expect(costsMore(chosen, cell)).toBe(false);
          expect(chosen.medianMs).toBeLessThanOrEqual(1.1 * cell.medianMs);
        }
      }
    }
    expect(outcomes).toEqual(new Set(['WIN', 'TIE', 'UNDECIDED']));
  });

  it('UNDECIDED: others may be faster, and says how many repetitions would decide it', () => {
    const result = recommended(SYNC, THREADS, { ...PROCESSES, medianMs: 560, walls: scattered(560) });
    expect(result).toMatchObject({
      outcome: 'UNDECIDED',
      alternatives: [{ model: 'PROCESSES', workers: 2 }],
      repetitionsNeeded: expect.any(Number),
    });
    const { repetitionsNeeded = 0, reason = '' } = result ?? {};
    expect(repetitionsNeeded).toBeGreaterThan(5);
    expect(reason).toMatch(
      new RegExp(
        `^Not decided: THREADS with 2 workers has the best measured result, but PROCESSES with 2 workers may be faster\\. Repeat with ${repetitionsNeeded} samples of each cell, or on an idle machine\\.`,
      ),
    );
  });

  it('UNDECIDED without a number where 50 repetitions would not decide it', () => {
    const walls = [0.3, 0.5, 1, 1.8, 2.5].map((factor) => 515 * factor);
    const result = recommended(SYNC, THREADS, { ...PROCESSES, medianMs: 515, walls });
    expect(result).toMatchObject({ outcome: 'UNDECIDED', repetitionsNeeded: null });
    expect(result?.reason).toContain('more samples would probably not decide it');
  });

  it('takes SYNC where nothing is faster, and a calmer model for a server on its loop', () => {
    const result = recommended(SYNC, { ...THREADS, medianMs: 1100 });
    expect(result).toMatchObject({ model: 'SYNC', workers: 1, outcome: 'WIN' });
    expect(result?.reason).toMatch(/^Take SYNC: nothing is faster\./);
    expect(result?.reason).toContain('It delays the event loop by 300 ms (p99).');
    expect(result?.reason).toContain('For a server on that event loop, take THREADS with 2 workers');
  });

  it('counts SYNC as one cell for any requested number of workers', () => {
    const slow = { ...THREADS, workers: 1, medianMs: 1000, peakRssBytes: 300 * MIB };
    for (const workers of [[1, 4], [4, 1], [4]]) {
      const sync = workers.map((count) => ({ ...SYNC, workers: count }));
      expect(recommended(...sync, slow)).toMatchObject({ model: 'SYNC', workers: 1, outcome: 'TIE' });
    }
  });

  it('never states a speed-up without an interval', () => {
    const result = recommended({ ...SYNC, walls: [1000] }, { ...THREADS, walls: [510] });
    expect(result).toMatchObject({ outcome: 'UNDECIDED', repetitionsNeeded: 5 });
    expect(result?.reason).toMatch(/Repeat with 5 samples of each cell/);
    expect(result?.reason).not.toMatch(/\dx/);
  });

  it.each(['CANCELLED', 'FAILED', 'RUNNING'] as const)(
    'is none for a %s benchmark with single samples',
    (status) => {
      const single = [
        { ...SYNC, walls: [1000] },
        { ...THREADS, walls: [510] },
      ];
      expect(recommendedFrom(status, ...single)).toBeNull();
      expect(recommendedFrom(status, SYNC, THREADS)).not.toBeNull();
    },
  );

  it('is undecided about a cell with too few samples beside cells with enough', () => {
    const result = recommendedFrom('CANCELLED', SYNC, THREADS, { ...PROCESSES, walls: [300] });
    expect(result).toMatchObject({
      model: 'THREADS',
      outcome: 'UNDECIDED',
      alternatives: [{ model: 'PROCESSES' }],
    });
    expect(result?.reason).toMatch(
      /^Not decided: THREADS with 2 workers has the best result of those with at least 5 samples, but PROCESSES/,
    );
  });

  it('uses the largest batch', () => {
    const result = recommended(
      { ...SYNC, imageCount: 100, medianMs: 9000 },
      { ...PROCESSES, imageCount: 100, medianMs: 4000 },
      SYNC,
      { ...THREADS, medianMs: 100 },
    );
    expect(result?.model).toBe('PROCESSES');
  });

  it('compares engines by the time of one image, each with its fastest model', () => {
    const result = recommended(SYNC, THREADS, { ...THREADS, engine: 'JIMP', imageCount: 5, medianMs: 2550 });
    expect(result?.engine).toBe('SHARP');
    expect(result?.reason).toMatch(
      /JIMP took 10\.00x the time of SHARP for each image \(95 % interval 9\.\d\dx to 10\.\d\dx\)/,
    );
  });

  it('uses no void cell', () => {
    const result = recommended(SYNC, { ...THREADS, outputDigest: 'other' }, PROCESSES);
    expect(result?.model).toBe('PROCESSES');
  });

  it('names one noise floor, and gives advice on each doubt', () => {
    const noisy = [SYNC, { ...SYNC, workers: 2, medianMs: 1070 }, { ...THREADS, otherCpuShare: 0.3 }];
    const reason = recommended(...noisy)?.reason ?? '';
    expect(reason.match(/noise floor/g)).toHaveLength(1);
    expect(reason).toContain('The noise floor of this machine is 7 %.');
    expect(reason).toContain('BUSY_MACHINE: Other programs used more than 10 % of the processors');
    expect(reason).toContain('Stop the other programs and repeat.');
  });

  it('warns about more workers than processors', () => {
    const result = recommended(SYNC, { ...THREADS, workers: 8 });
    expect(result?.reason).toContain('more workers than the 2 processors');
  });

  it('is none without cells', () => {
    expect(recommended()).toBeNull();
  });
});

describe('a recommendation from a sweep', () => {
  const at = (value: number) => ({ sweep: { axis: 'WAIT_SHARE' as const, value }, engine: null });

  it('names the value that it is for, and where another model becomes the best', () => {
    const cells = [0, 0.5, 0.9].flatMap((value) => [
      { ...SYNC, ...at(value) },
      { ...THREADS, ...at(value), medianMs: 500 },
      { ...THREADS, ...at(value), model: 'ASYNC' as const, medianMs: value < 0.5 ? 1000 : 501 },
    ]);
    const result = recommended(...cells);
    expect(result).toMatchObject({ model: 'THREADS', engine: null });
    expect(result?.reason).toMatch(/^At wait share 0 %: Take THREADS/);
    expect(result?.reason).toContain('Along the wait share: THREADS first, ASYNC from 50 % on.');
  });

  it('names the value at which it is not decided', () => {
    const result = recommended(
      { ...SYNC, ...at(0) },
      { ...THREADS, ...at(0), medianMs: 990, walls: scattered(990) },
    );
    expect(result?.reason).toMatch(/^Not decided at wait share 0 %: /);
  });
});
