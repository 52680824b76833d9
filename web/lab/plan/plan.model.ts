/** A plan while it is composed, and the request that it becomes. */
import { BENCHMARK_PRESETS, PRESETS } from '../../../src/benchmark/preset.js';
import { AXES, SWEEP_AXES, type SweepAxis } from '../../../src/benchmark/sweep.js';
import { type ConcurrencyModel, WORKLOAD_FACTS, type Workload } from '../../../src/execution/model.js';
import type { ImageEngine, RunBenchmarkInput } from '../generated/graphql.js';

/** What the tasks of a plan do. */
export type Work = 'GENERATED_IMAGES' | 'OWN_IMAGES' | 'FIBONACCI' | 'TASK';

export const WORKLOAD_OF: Readonly<Record<Work, Workload>> = {
  GENERATED_IMAGES: 'IMAGE',
  OWN_IMAGES: 'IMAGE',
  FIBONACCI: 'FIBONACCI',
  TASK: 'TASK',
};

/** Lists are text, as the user types them: `10, 50, 100`. */
export interface PlanDraft {
  work: Work;
  task: string;
  models: readonly ConcurrencyModel[];
  engines: readonly ImageEngine[];
  imageCounts: string;
  workerCounts: string;
  repetitions: string;
  /** Percent; empty: every cell gets `repetitions` samples. */
  untilPercent: string;
  /** Time limit of the run, in seconds; empty: none. */
  maxSeconds: string;
  sweepAxis: SweepAxis | 'NONE';
  sweepValues: string;
  name: string;
}

/** The axes that the work of a plan allows. */
export const axesOf = (work: Work): SweepAxis[] =>
  SWEEP_AXES.filter((axis) => {
    const { workloads, generatedImagesOnly } = AXES[axis];
    return workloads.includes(WORKLOAD_OF[work]) && !(generatedImagesOnly && work === 'OWN_IMAGES');
  });

export type Request = { input: RunBenchmarkInput } | { problem: string };

/**
 * The request of a plan, or what is wrong with it. The server checks ranges.
 *
 * @param imageIds the user's own images
 * @param processors of the server
 */
export function requestFor(draft: PlanDraft, imageIds: readonly string[], processors: number): Request {
  const workload = WORKLOAD_OF[draft.work];
  const lists = {
    imageCounts: numbersOf(draft.imageCounts),
    workerCounts: numbersOf(draft.workerCounts),
    sweepValues: draft.sweepAxis === 'NONE' ? [] : numbersOf(draft.sweepValues),
  };
  const repetitions = Number(draft.repetitions);
  const problem =
    whatIsWrong(draft, imageIds) ??
    (lists.imageCounts && lists.workerCounts && lists.sweepValues && Number.isFinite(repetitions)
      ? undefined
      : 'Write numbers, separated by commas.');
  if (problem || !lists.imageCounts || !lists.workerCounts || !lists.sweepValues) {
    return { problem: problem ?? '' };
  }
  return {
    input: {
      workload,
      name: draft.name,
      models: [...draft.models],
      ...(WORKLOAD_FACTS[workload].usesImages && { engines: [...draft.engines] }),
      imageCounts: lists.imageCounts,
      ...workersOf(lists.workerCounts, processors),
      repetitions,
      ...(draft.untilPercent !== '' && { untilPercent: Number(draft.untilPercent) }),
      ...(draft.maxSeconds !== '' && { maxSeconds: Number(draft.maxSeconds) }),
      ...(draft.work === 'TASK' && { task: draft.task }),
      ...(draft.work === 'OWN_IMAGES' && { imageIds: [...imageIds] }),
      ...(draft.sweepAxis !== 'NONE' && { sweep: { axis: draft.sweepAxis, values: lists.sweepValues } }),
    },
  };
}

function whatIsWrong(draft: PlanDraft, imageIds: readonly string[]): string | undefined {
  if (draft.models.length === 0) return 'Choose at least one model.';
  if (WORKLOAD_FACTS[WORKLOAD_OF[draft.work]].usesImages && draft.engines.length === 0) {
    return 'Choose at least one engine.';
  }
  if (draft.work === 'TASK' && draft.task === '') return 'Choose a task.';
  if (draft.work === 'OWN_IMAGES' && imageIds.length === 0) {
    return 'Select images on the images page first.';
  }
  return undefined;
}

/** The workers of a preset are left to it, because it knows that SYNC needs to be measured once. */
function workersOf(workerCounts: number[], processors: number): Partial<RunBenchmarkInput> {
  const preset = BENCHMARK_PRESETS.find(
    (name) => String(PRESETS[name](processors).workerCounts) === String(workerCounts),
  );
  return preset ? { preset } : { workerCounts };
}

/** Numbers separated by commas or spaces; undefined if there are none, or if a part is not a number. */
export function numbersOf(text: string): number[] | undefined {
  const numbers = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : undefined;
}
