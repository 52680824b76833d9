/** Reasons why the measured figures may be unreliable. */
export const BENCHMARK_WARNINGS = [
  'NOISY',
  'OVERSUBSCRIBED',
  'BUSY_MACHINE',
  'THROTTLED',
  'TOO_FEW_SAMPLES',
  'TOO_SHORT',
  'OUTPUT_MISMATCH',
  'TOO_FEW_POINTS',
] as const;
export type BenchmarkWarning = (typeof BENCHMARK_WARNINGS)[number];

export interface WarningFacts {
  /** What was found; a sentence. */
  meaning: string;
  /** What to do about it; a sentence. */
  advice: string;
}

/** A warning in words. */
export interface Doubt extends WarningFacts {
  warning: BenchmarkWarning;
}

export const WARNINGS: Readonly<Record<BenchmarkWarning, WarningFacts>> = {
  NOISY: {
    meaning: 'The standard deviation of the samples is more than 10 % of their mean.',
    advice: 'Repeat on an idle machine, or raise the repetitions to 15.',
  },
  OVERSUBSCRIBED: {
    meaning: 'More threads compute than there are processors.',
    advice: 'Use at most as many workers as processors, unless you study oversubscription.',
  },
  BUSY_MACHINE: {
    meaning: 'Other programs used more than 10 % of the processors during at least one sample.',
    advice: 'Stop the other programs and repeat.',
  },
  THROTTLED: {
    meaning: 'A CPU quota stopped the process during at least one sample.',
    advice: 'Raise the quota of the container, or use fewer workers than the quota allows.',
  },
  TOO_FEW_SAMPLES: {
    meaning: 'Fewer than 5 samples: there is no 95 % interval.',
    advice: 'Repeat with at least 5 samples of each cell, and with more time if the run had a time limit.',
  },
  TOO_SHORT: {
    meaning: 'The batch is so short that the clock and the dispatch of the tasks affect its time.',
    advice: 'Measure more images or tasks in one batch.',
  },
  OUTPUT_MISMATCH: {
    meaning: 'The bytes of the results differ from those of the other models, so the cell is void.',
    advice: 'Do not use its figures. Look for an operation that is not deterministic.',
  },
  TOO_FEW_POINTS: {
    meaning: 'Fewer than 4 worker counts up to the number of processors: no curve is fitted.',
    advice: 'Measure at least 4 worker counts, on a machine with at least 4 processors.',
  },
};

export const toDoubt = (warning: BenchmarkWarning): Doubt => ({ warning, ...WARNINGS[warning] });
