import { NOTICEABLE_DELAY_MS } from '../../../../src/benchmark/analysis/recommendation-text.js';
import type { ChartId } from '../lesson.model.js';

/** How to read a chart, in the words that lessons explain. */
export const CHART_TEXTS: Readonly<Record<ChartId, string>> = {
  time: 'The bar is the median time of all tasks together, the dots are the samples, and the thin line is the 95 % interval. Shorter is better.',
  timeline:
    'One sample of each model, from left to right: a row for each worker, which is a thread, a process, or the loop. At any moment it computes a task, waits for a lock, or is idle. The row “queue” lasts as long as tasks wait for a worker.',
  'loop-course': `One sample of each model, from left to right: how long a visitor who comes at that moment waits for the event loop. From one label of the scale to the next, it is ten times as long. People notice more than ${NOTICEABLE_DELAY_MS} ms, the dashed line.`,
};
