import {
  CONCURRENCY_MODELS,
  type ConcurrencyModel,
  MODELS,
  WORKLOADS,
  type Workload,
} from '../execution/model.js';

/** The axes of a sweep: one property of the work that is varied, beside models, engines, images and workers. */
export const SWEEP_AXES = ['LOCK_SHARE', 'PAYLOAD_BYTES', 'WAIT_SHARE', 'IMAGE_EDGE', 'CHUNK_SIZE'] as const;
export type SweepAxis = (typeof SWEEP_AXES)[number];

/** One axis and the values at which every cell is measured. */
export interface Sweep {
  axis: SweepAxis;
  values: readonly number[];
}

/** Where on the axis a cell was measured. */
export interface SweepPoint {
  axis: SweepAxis;
  value: number;
}

export interface AxisFacts {
  /** Name of the axis in a sentence. */
  title: string;
  min: number;
  max: number;
  wholeNumbers: boolean;
  workloads: readonly Workload[];
  /** Models that behave differently along the axis. The others are measured too, as references. */
  changes: readonly ConcurrencyModel[];
  /** Requires generated images, because the size of the user's images is fixed. */
  generatedImagesOnly: boolean;
  /**
   * How many times as long a task takes at a value as without the sweep; null where only a measurement tells. The figure
   * is for an estimate of a duration.
   */
  taskFactor(value: number): number | null;
  /** Writes a value with its unit. */
  format(value: number): string;
  summary: string;
}

const BYTES_PER_MEBIBYTE = 2 ** 20;

/** Slices of one FIBONACCI task, where an axis divides it: an axis of shares moves in steps of 1 / 20. */
export const TASK_SLICES = 20;

const share = (value: number): string => `${Number((100 * value).toPrecision(3))} %`;

export const AXES: Readonly<Record<SweepAxis, AxisFacts>> = {
  LOCK_SHARE: {
    title: 'lock share',
    min: 0,
    max: 1,
    wholeNumbers: false,
    workloads: WORKLOADS,
    changes: ['THREADS_LOCKED'],
    generatedImagesOnly: false,
    taskFactor: () => 1,
    format: share,
    summary: 'Share of the steps of a task that hold the global lock; for TASK, share of the tasks.',
  },
  PAYLOAD_BYTES: {
    title: 'payload',
    min: 0,
    max: 64 * BYTES_PER_MEBIBYTE,
    wholeNumbers: true,
    workloads: ['FIBONACCI'],
    changes: CONCURRENCY_MODELS,
    generatedImagesOnly: false,
    taskFactor: (value) => (value === 0 ? 1 : null),
    format: bytes,
    summary: 'Bytes that a task receives and returns, each model in its own way.',
  },
  WAIT_SHARE: {
    title: 'wait share',
    min: 0,
    max: 0.95,
    wholeNumbers: false,
    workloads: ['FIBONACCI'],
    changes: CONCURRENCY_MODELS,
    generatedImagesOnly: false,
    taskFactor: (value) => 1 / (1 - value),
    format: share,
    summary: 'Share of the time of a task that it waits on a timer instead of computing.',
  },
  IMAGE_EDGE: {
    title: 'image edge',
    min: 64,
    max: 4096,
    wholeNumbers: true,
    workloads: ['IMAGE'],
    changes: CONCURRENCY_MODELS,
    generatedImagesOnly: true,
    taskFactor: () => null,
    format: (value) => `${value} px`,
    summary: 'Longer side of the generated source images, in pixels.',
  },
  CHUNK_SIZE: {
    title: 'chunk size',
    min: 1,
    max: 100,
    wholeNumbers: true,
    workloads: WORKLOADS,
    changes: CONCURRENCY_MODELS.filter((model) => MODELS[model].startsWorkers),
    generatedImagesOnly: false,
    taskFactor: () => 1,
    format: (value) => `${value} ${value === 1 ? 'task' : 'tasks'} a message`,
    summary: 'Tasks that are sent to a worker in one message.',
  },
};

/** Writes a point such as "lock share 25 %". */
export const sweepText = ({ axis, value }: SweepPoint): string =>
  `${AXES[axis].title} ${AXES[axis].format(value)}`;

function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  return value < BYTES_PER_MEBIBYTE
    ? `${Number((value / 1024).toPrecision(3))} KiB`
    : `${Number((value / BYTES_PER_MEBIBYTE).toPrecision(3))} MiB`;
}
