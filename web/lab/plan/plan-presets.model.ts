/** Plans that answer a question. */
import { PRESETS } from '../../../src/benchmark/preset.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';
import type { PlanDraft } from './plan.model.js';
import { differingSettings } from './plan-address.model.js';

export type PlanPreset = 'QUICK' | 'SCALING' | 'LOCK' | 'WAITING' | 'MATRIX';

export interface PresetFacts {
  label: string;
  /** The question that it answers. */
  question: string;
  draft(processors: number): Partial<PlanDraft>;
}

/** Enough for an interval. */
const REPETITIONS = '5';

const EMPTY: PlanDraft = {
  work: 'GENERATED_IMAGES',
  task: '',
  models: CONCURRENCY_MODELS,
  engines: ['JIMP', 'SHARP'],
  imageCounts: '10',
  workerCounts: '2',
  repetitions: REPETITIONS,
  untilPercent: '',
  maxSeconds: '',
  sweepAxis: 'NONE',
  sweepValues: '',
  name: '',
};

export const PLAN_PRESETS: Readonly<Record<PlanPreset, PresetFacts>> = {
  QUICK: {
    label: 'Quick look',
    question: 'Which model is fastest for an image service on this machine?',
    draft: (processors) => listsOf('QUICK', processors),
  },
  SCALING: {
    label: 'Scaling',
    question: 'How many workers pay off?',
    draft: (processors) => ({
      name: 'Scaling',
      work: 'FIBONACCI',
      models: ['SYNC', 'PROCESSES', 'THREADS'],
      imageCounts: '24',
      workerCounts: scalingCounts(processors).join(', '),
    }),
  },
  LOCK: {
    label: 'A global lock',
    question: 'What does it cost when threads must take turns?',
    draft: (processors) => ({
      name: 'A global lock',
      work: 'FIBONACCI',
      models: ['SYNC', 'THREADS_LOCKED', 'THREADS'],
      imageCounts: '12',
      workerCounts: String(Math.max(2, processors)),
      sweepAxis: 'LOCK_SHARE',
      sweepValues: '0, 0.25, 0.5, 0.75, 1',
    }),
  },
  WAITING: {
    label: 'Waiting',
    question: 'Where does asynchronous code win?',
    draft: (processors) => ({
      name: 'Waiting',
      work: 'FIBONACCI',
      models: ['SYNC', 'ASYNC', 'THREADS'],
      imageCounts: '12',
      workerCounts: String(Math.max(2, processors)),
      sweepAxis: 'WAIT_SHARE',
      sweepValues: '0, 0.5, 0.9',
    }),
  },
  MATRIX: {
    label: 'Full matrix',
    question: 'Three batch sizes, four worker counts, four models.',
    draft: (processors) => listsOf('MATRIX', processors),
  },
};

/** A plan of a preset; its other parts are the defaults. */
export const draftOf = (preset: PlanPreset, processors: number): PlanDraft => ({
  ...EMPTY,
  ...PLAN_PRESETS[preset].draft(processors),
});

/** The preset that has the settings of a plan; undefined for settings of the user's own. */
export const presetOf = (plan: PlanDraft, processors: number): PlanPreset | undefined =>
  (Object.keys(PLAN_PRESETS) as PlanPreset[]).find(
    (preset) => Object.keys(differingSettings(plan, draftOf(preset, processors))).length === 0,
  );

function listsOf(preset: keyof typeof PRESETS, processors: number): Partial<PlanDraft> {
  const { models, engines, imageCounts, workerCounts } = PRESETS[preset](processors);
  return { models, engines, imageCounts: imageCounts.join(', '), workerCounts: workerCounts.join(', ') };
}

/** Four worker counts up to the processors, where there are as many; a fitted curve needs them. */
function scalingCounts(processors: number): number[] {
  const counts = [1, 2, 3, 4, Math.round(processors / 2), processors].filter((count) => count <= processors);
  return [...new Set(counts)].toSorted((a, b) => a - b);
}
