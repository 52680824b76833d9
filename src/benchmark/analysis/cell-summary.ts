import { median, sum } from 'simple-statistics';
import { type Cell, cellKey, toCell, workKey } from '../cell.js';
import {
  type BenchmarkSample,
  medianSample,
  type TaskSpan,
  type TimeBreakdown,
  timeBreakdown,
} from '../sample.js';
import { type Interval, medianInterval, ratioInterval } from '../statistics/bootstrap.js';
import { type BenchmarkWarning, type Doubt, toDoubt } from '../warning.js';
import { cellWarnings, expectedDigests } from './cell-warnings.js';

/** The figures of a cell, computed from its samples, in the units of the public contract. */
export interface BenchmarkCell extends Cell {
  /** Wall time of each sample: the whole batch, with the workers already running. */
  samplesMs: number[];
  medianMs: number;
  /** 95 % bootstrap interval; null with too few samples. */
  medianInterval: Interval | null;
  perImageMs: number;
  imagesPerSecond: number;
  /** SYNC's median for the same work over this one; null where SYNC was not measured. */
  speedup: number | null;
  speedupInterval: Interval | null;
  /** Speed-up over workers. */
  efficiency: number | null;
  /** Processor time over wall time in percent; 100 is one fully busy processor. Includes child processes. */
  cpuPercent: number;
  /** `cpuPercent` by processor, in proportion to all samples together. */
  cpuPercentPerCore: number[];
  /** Highest resident memory of the process and its children together. Linux: pages of shared files count once. */
  peakRssBytes: number;
  eventLoopDelayP99Ms: number;
  eventLoopUtilization: number;
  /** Of the median sample. */
  breakdown: TimeBreakdown;
  outputDigest: string;
  /** What did the work if it is none of the engines of this program; null otherwise. */
  implementation: string | null;
  warnings: BenchmarkWarning[];
  /** The warnings in words. */
  doubts: Doubt[];
  /** Timer delays over the median sample, at most 100 values; empty where its trace is not loaded. */
  eventLoopDelaysMs: number[];
  /** Tasks of the median sample in order of start; empty where its trace is not loaded. */
  timeline: TaskSpan[];
}

/**
 * Summarises every cell that has samples, in the order of the cells given.
 *
 * The baseline of a speed-up is the median of all SYNC samples for the same work, whatever their number of
 * workers: SYNC uses none, and more samples make a steadier baseline. Samples with other bytes are no baseline.
 */
export function summariseCells(
  cells: readonly Cell[],
  samples: readonly BenchmarkSample[],
  processors: number,
): BenchmarkCell[] {
  const ofCell = Map.groupBy(samples, cellKey);
  const digests = expectedDigests(samples);
  const baselines = Map.groupBy(
    samples.filter(
      (sample) => sample.model === 'SYNC' && sample.outputDigest === digests.get(workKey(sample)),
    ),
    workKey,
  );
  return cells.flatMap((cell) => {
    const measured = ofCell.get(cellKey(cell));
    if (!measured) return [];
    const expectedDigest = digests.get(workKey(cell)) ?? '';
    return summarise(
      cell,
      measured.toSorted((a, b) => a.repetition - b.repetition),
      wallTimes(baselines.get(workKey(cell)) ?? []),
      cellWarnings(measured, { processors, expectedDigest }),
    );
  });
}

function summarise(
  cell: Cell,
  samples: readonly BenchmarkSample[],
  baselineMs: readonly number[],
  warnings: BenchmarkWarning[],
): BenchmarkCell {
  const samplesMs = wallTimes(samples);
  const medianMs = median(samplesMs);
  const typical = medianSample(samples);
  if (!typical) throw new RangeError('A cell without samples cannot be summarised');
  const speedup = baselineMs.length > 0 ? median([...baselineMs]) / medianMs : null;
  const cpuPercent = median(samples.map(({ cpuMs, wallMs }) => (100 * cpuMs) / wallMs));
  const medianOf = (value: (sample: BenchmarkSample) => number): number => median(samples.map(value));
  return {
    ...toCell(cell),
    samplesMs,
    medianMs,
    medianInterval: medianInterval(samplesMs),
    perImageMs: medianMs / cell.imageCount,
    imagesPerSecond: (1000 * cell.imageCount) / medianMs,
    speedup,
    speedupInterval: ratioInterval(baselineMs, samplesMs),
    efficiency: speedup === null ? null : speedup / cell.workers,
    cpuPercent,
    cpuPercentPerCore: perCore(cpuPercent, samples),
    peakRssBytes: Math.max(...samples.map(({ peakRssBytes }) => peakRssBytes)),
    eventLoopDelayP99Ms: medianOf(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms),
    eventLoopUtilization: medianOf(({ eventLoopUtilization }) => eventLoopUtilization),
    breakdown: timeBreakdown(typical),
    outputDigest: typical.outputDigest,
    implementation: typical.implementation ?? null,
    warnings,
    doubts: warnings.map((warning) => doubtOf(warning, cell, samples)),
    eventLoopDelaysMs: typical.trace?.eventLoopDelaysMs ?? [],
    timeline: typical.trace?.timeline ?? [],
  };
}

/** The warning in words; for results of a task module, with the input whose result differs. */
function doubtOf(warning: BenchmarkWarning, { model }: Cell, samples: readonly BenchmarkSample[]): Doubt {
  const other = samples.find(({ otherResult }) => otherResult)?.otherResult;
  if (warning !== 'OUTPUT_MISMATCH' || !other) return toDoubt(warning);
  const meaning =
    other.model === model
      ? `Under ${model} the result for inputs[${other.input}] differs from one sample to the next, so the cell is void.`
      : `Under ${model} the result for inputs[${other.input}] differs from that under ${other.model}, so the cell is void.`;
  const advice =
    'Do not use its figures. Make the task return the same result each time, from its input alone.';
  return { warning, meaning, advice };
}

/** Returns the cells that are not void. Verdicts and recommendations use only these. */
export const validCells = (cells: readonly BenchmarkCell[]): BenchmarkCell[] =>
  cells.filter(({ warnings }) => !warnings.includes('OUTPUT_MISMATCH'));

function perCore(cpuPercent: number, samples: readonly BenchmarkSample[]): number[] {
  const cores = samples[0]?.cpuPerCoreMs ?? [];
  const used = cores.map((_, core) => sum(samples.map(({ cpuPerCoreMs }) => cpuPerCoreMs[core] ?? 0)));
  const all = sum(used);
  return used.map((ms) => (all > 0 ? (cpuPercent * ms) / all : 0));
}

const wallTimes = (samples: readonly BenchmarkSample[]): number[] => samples.map(({ wallMs }) => wallMs);

/** Writes a model and its workers, such as "THREADS with 2 workers". */
export function inFlightText({ model, workers }: Pick<Cell, 'model' | 'workers'>): string {
  switch (model) {
    case 'SYNC':
      return model;
    case 'ASYNC':
      return `${model} with ${workers} in flight`;
    case 'THREADS_LOCKED':
    case 'PROCESSES':
    case 'THREADS':
      return `${model} with ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
    default:
      return model satisfies never;
  }
}
