import { z } from 'zod';
import { CONCURRENCY_MODELS, WORKLOADS } from '../../execution/model.js';
import { RACE_LIMITS, RACE_VARIANTS } from '../../execution/race.js';
import { IMAGE_ENGINES } from '../../imaging/engine-name.js';
import { OPERATION_KINDS } from '../../imaging/operation.js';
import { BENCHMARK_STATUSES } from '../benchmark-status.js';
import { cellKey } from '../cell.js';
import { DEFAULT_PLAN_LIMITS } from '../plan-input.js';
import { MAX_SPANS } from '../sample.js';
import { SWEEP_AXES } from '../sweep.js';

/** The published format of a JSON report: what is read of a file. Other fields are ignored: figures are computed anew. */

/** The version of the format that is written and read. */
export const FORMAT_VERSION = 1;

const MAX_MS = 1e9;
/** A nanosecond: the figures are ratios of times, which shorter times make infinite. */
const MIN_WALL_MS = 1e-6;
const MAX_BYTES = 2 ** 50;
const MAX_TASKS = 10_000;
const MAX_WORKERS = 1_024;

const text = (max: number) => z.string().max(max);
const whole = (min: number, max: number) => z.number().int().min(min).max(max);
const milliseconds = z.number().min(0).max(MAX_MS);
const share = z.number().min(0).max(1);

const sweepValue = z.number().min(0).max(MAX_BYTES);

const span = z.object({
  task: whole(0, MAX_TASKS),
  worker: whole(0, MAX_WORKERS),
  queuedMs: milliseconds,
  startMs: milliseconds,
  lockWaitMs: milliseconds,
  computeMs: milliseconds,
  endMs: milliseconds,
});

/** How the median sample of a cell went on. */
const traceFields = {
  timeline: z
    .array(span)
    .max(MAX_SPANS)
    .default([])
    .describe('Tasks of the median sample, in order of start.'),
  eventLoopDelaysMs: z.array(milliseconds).max(100).default([]),
};

const sample = z.object({
  model: z.enum(CONCURRENCY_MODELS),
  engine: z.enum(IMAGE_ENGINES).nullable().describe('Null for work without images and for other programs.'),
  implementation: text(100)
    .nullable()
    .optional()
    .describe('What did the work if it is none of our engines, such as `Pillow 12.0`.'),
  imageCount: whole(1, MAX_TASKS).describe('Images or tasks in one batch.'),
  workers: whole(1, MAX_WORKERS),
  sweep: z
    .object({ axis: z.enum(SWEEP_AXES), value: sweepValue })
    .nullable()
    .optional(),
  repetition: whole(0, DEFAULT_PLAN_LIMITS.maxRepetitions - 1).describe(
    'Another number for each sample of a cell.',
  ),
  wallMs: z
    .number()
    .min(MIN_WALL_MS)
    .max(MAX_MS)
    .describe('Wall time of the batch, with the workers already running.'),
  startupMs: milliseconds.default(0).describe('Until the workers were ready. Not part of wallMs.'),
  computeMs: milliseconds.default(0).describe('Sum over all tasks.'),
  lockWaitMs: milliseconds.default(0).describe('Sum over all tasks.'),
  waitMs: milliseconds.default(0).describe('Sum over all tasks of the time between submission and start.'),
  dispatchMs: milliseconds.default(0).describe('Wall time of as many empty tasks.'),
  cpuMs: milliseconds.default(0),
  cpuPerCoreMs: z.array(milliseconds).max(MAX_WORKERS).default([]),
  peakRssBytes: z.number().min(0).max(MAX_BYTES).default(0),
  eventLoopDelayP99Ms: milliseconds.default(0),
  eventLoopUtilization: share.default(0),
  otherCpuShare: share.nullable().default(null),
  throttledMs: milliseconds.nullable().default(null),
  outputDigest: z
    .string()
    .regex(/^[\w+/=-]{1,128}$/)
    .describe('Hash of all results in order; equal for equal work.'),
  otherResult: z
    .object({ input: whole(0, MAX_TASKS), model: z.enum(CONCURRENCY_MODELS) })
    .optional()
    .describe('First input of a task module whose result differs from an earlier sample, and its model.'),
  trace: z.object(traceFields).optional().describe('For the median sample of a cell; or in `cells`.'),
});

const environment = z.object({
  nodeVersion: text(100).default('').describe('Empty for another runtime than Node.'),
  v8Version: text(100).default(''),
  os: text(200),
  cpuModel: text(200),
  availableParallelism: whole(1, 65_536),
  totalMemoryBytes: z.number().positive().max(MAX_BYTES),
  loadAverage: z.number().min(0).max(1e6).default(0),
  appVersion: text(100).default(''),
  runtime: text(200).optional().describe('Such as `CPython 3.14.0 free-threaded, GIL off`.'),
  cpuQuota: z.number().positive().max(65_536).nullable().optional(),
  governor: text(100).nullable().optional(),
  cores: text(200).nullable().optional(),
});

const operation = z.object({
  kind: z.enum(OPERATION_KINDS),
  params: z.record(text(50), z.union([text(1_000), z.number(), z.boolean(), z.null()])),
});

/** Of a computed cell, only the course of its median sample is read, which its samples lack. */
const course = z.object({
  model: z.enum(CONCURRENCY_MODELS),
  engine: z.enum(IMAGE_ENGINES).nullable(),
  imageCount: whole(1, MAX_TASKS),
  workers: whole(1, MAX_WORKERS),
  sweep: z
    .object({ axis: z.enum(SWEEP_AXES), value: sweepValue })
    .nullable()
    .optional(),
  ...traceFields,
});

const raceResult = z.object({
  variant: z.enum(RACE_VARIANTS),
  expected: whole(1, RACE_LIMITS.multipliedIncrements),
  actual: z.array(whole(0, RACE_LIMITS.multipliedIncrements)).min(1).max(RACE_LIMITS.repetitions),
  overlapPercent: z.number().min(0).max(100).nullable().default(null),
  nanosecondsPerIncrement: milliseconds,
  readings: z
    .array(z.object({ ms: milliseconds, value: whole(0, RACE_LIMITS.multipliedIncrements) }))
    .max(RACE_LIMITS.readings)
    .default([]),
});

const race = z
  .object({
    workers: whole(1, RACE_LIMITS.workers),
    results: z.array(raceResult).max(RACE_VARIANTS.length),
  })
  .describe('Race experiment of the same program; what was lost is computed from `expected` and `actual`.');

const fields = z.object({
  format: z.literal('nogil-bench'),
  formatVersion: z.literal(FORMAT_VERSION),
  name: text(255),
  status: z.enum(BENCHMARK_STATUSES).default('COMPLETED'),
  workload: z.enum(WORKLOADS),
  task: text(255).nullable().optional().describe('Name of the task; null for other work.'),
  operations: z.array(operation).max(100).default([]),
  images: z
    .object({ count: whole(1, 1_000_000), generated: z.boolean() })
    .nullable()
    .default(null)
    .describe('Different images; null for work without images.'),
  repetitions: whole(1, DEFAULT_PLAN_LIMITS.maxRepetitions),
  untilPercent: z.number().min(0.1).max(100).nullable().optional(),
  seed: whole(0, 2 ** 31 - 1).optional(),
  sweep: z
    .object({
      axis: z.enum(SWEEP_AXES),
      values: z.array(sweepValue).min(1).max(DEFAULT_PLAN_LIMITS.maxSweepValues),
    })
    .nullable()
    .optional(),
  totalCells: whole(1, DEFAULT_PLAN_LIMITS.maxCells)
    .optional()
    .describe('Cells of the plan; default: the cells of the samples.'),
  startedAt: z.iso.datetime({ offset: true }).nullable().default(null),
  finishedAt: z.iso.datetime({ offset: true }).nullable().default(null).describe('Not before startedAt.'),
  environment,
  samples: z.array(sample).min(1).max(DEFAULT_PLAN_LIMITS.maxSamples),
  cells: z.array(course).max(DEFAULT_PLAN_LIMITS.maxCells).default([]).describe('Timelines; may be absent.'),
  race: race.nullable().default(null),
});

export const reportFile = fields.superRefine(({ startedAt, finishedAt, samples }, context) => {
  if (startedAt && finishedAt && Date.parse(finishedAt) < Date.parse(startedAt))
    context.addIssue({ code: 'custom', path: ['finishedAt'], message: 'must not be before startedAt' });
  const seen = new Set<string>();
  for (const [index, one] of samples.entries()) {
    const place = `${cellKey(one)} ${one.repetition}`;
    if (seen.has(place)) {
      const message = `${one.repetition} is the repetition of an earlier sample of the same cell`;
      return context.addIssue({ code: 'custom', path: ['samples', index, 'repetition'], message });
    }
    seen.add(place);
  }
});

/** The JSON Schema of a report, as docs/report.schema.json publishes it. */
export function reportJsonSchema(): object {
  const schema = z.toJSONSchema(reportFile, { io: 'input' });
  return {
    ...schema,
    title: 'Report of nogil-bench',
    description:
      'A benchmark with all its samples. Fields that are not described here, such as the computed figures of a written report, are ignored.',
  };
}
