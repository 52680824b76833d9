import { type Cell, cellKey } from '../../benchmark/cell.js';
import { type BenchmarkPlan, cellProgress, isFinished } from '../../benchmark/plan.js';
import { medianSample } from '../../benchmark/sample.js';

interface CountedSample {
  wallMs: number;
  seq: number;
}

/** Counts the samples of a running benchmark, and estimates the time that is left. */
export class CellCounts {
  readonly #ofCell = new Map<string, CountedSample[]>();
  #samples = 0;
  #timedSamples = 0;
  #timedMs = 0;
  #waitedMs = 0;

  constructor(private readonly plan: BenchmarkPlan) {}

  /**
   * Counts a sample.
   *
   * @param totalMs the time of the sample with the start of its processes; absent for samples of an earlier run
   * @returns the stored samples whose traces are no longer needed: all but the median one, once the cell is finished
   */
  add(cell: Cell, wallMs: number, seq: number, totalMs?: number): number[] {
    const key = cellKey(cell);
    const ofCell = [...(this.#ofCell.get(key) ?? []), { wallMs, seq }];
    this.#ofCell.set(key, ofCell);
    this.#samples++;
    if (totalMs !== undefined) {
      this.#timedSamples++;
      this.#timedMs += totalMs;
    }
    return isFinished(this.plan, wallTimes(ofCell)) ? untraced(ofCell) : [];
  }

  /**
   * What a run measured that ends now: repetitions that every cell has, at most those of the plan, and the samples whose
   * traces are no longer needed.
   */
  measured(): { repetitions: number; untraced: number[] } {
    const ofCells = this.plan.cells.map((cell) => this.#ofCell.get(cellKey(cell)) ?? []);
    const unfinished = ofCells.filter((ofCell) => !isFinished(this.plan, wallTimes(ofCell)));
    return {
      repetitions: Math.min(this.plan.repetitions, ...ofCells.map(({ length }) => length)),
      untraced: unfinished.flatMap(untraced),
    };
  }

  /** The columns of the benchmark that are computed from the counts. */
  columns(): { sampleCount: number; completedCells: number; progress: number } {
    const ofCells = this.plan.cells.map((cell) => wallTimes(this.#ofCell.get(cellKey(cell))));
    return {
      sampleCount: this.#samples,
      completedCells: ofCells.filter((samplesMs) => isFinished(this.plan, samplesMs)).length,
      // Rounded, so that 0.1 + 0.2 is 0.3.
      progress: Math.round((1e9 * sumOf(ofCells, this.plan)) / ofCells.length) / 1e9,
    };
  }

  /** Counts time in which other programs measured. */
  waited(ms: number): void {
    this.#waitedMs += ms;
  }

  /**
   * From the mean time of the samples of this run, and the share of the time in which other programs measured; null before
   * the first sample. Samples beyond `repetitions` are unknown.
   *
   * @param limitMs time that is left for measuring; default: no limit
   */
  secondsLeft(limitMs = Number.POSITIVE_INFINITY): number | null {
    if (this.#timedSamples === 0) return null;
    const planned = this.plan.cells.length * this.plan.repetitions;
    const left = Math.max(1, planned - this.#samples);
    const leftMs = Math.min((left * this.#timedMs) / this.#timedSamples, Math.max(0, limitMs));
    return (leftMs * (1 + this.#waitedMs / this.#timedMs)) / 1000;
  }
}

/** All samples of a cell but the median one. */
function untraced(ofCell: readonly CountedSample[]): number[] {
  const median = medianSample(ofCell);
  return ofCell.filter((sample) => sample !== median).map(({ seq }) => seq);
}

const sumOf = (ofCells: readonly number[][], plan: BenchmarkPlan): number =>
  ofCells.reduce((sum, samplesMs) => sum + cellProgress(plan, samplesMs), 0);

const wallTimes = (samples: readonly CountedSample[] = []): number[] => samples.map(({ wallMs }) => wallMs);
