import type { Config } from 'vega-lite';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { RaceVariant } from '../../execution/race.js';

/** Colours are CSS variables of the page, so that one drawing serves light, dark and print. */

export const MODEL_COLOURS: Readonly<Record<ConcurrencyModel, string>> = {
  SYNC: 'var(--sync)',
  ASYNC: 'var(--async)',
  THREADS_LOCKED: 'var(--threads-locked)',
  PROCESSES: 'var(--processes)',
  THREADS: 'var(--threads)',
};

/** Shapes beside colours, for readers who cannot distinguish the colours. */
export const MODEL_SHAPES: Readonly<Record<ConcurrencyModel, string>> = {
  SYNC: 'circle',
  ASYNC: 'square',
  THREADS_LOCKED: 'cross',
  PROCESSES: 'diamond',
  THREADS: 'triangle-up',
};

export const TIME_COLOURS = {
  Compute: 'var(--compute)',
  'Lock wait': 'var(--lock-wait)',
  Overhead: 'var(--overhead)',
} as const;

/** Parts of a lane of a timeline. */
export const LANE_COLOURS = {
  Queued: 'var(--queued)',
  'Lock wait': 'var(--lock-wait)',
  Compute: 'var(--compute)',
  Idle: 'var(--idle)',
} as const;

/** Lines of a race. */
export const RACE_COLOURS: Readonly<Record<RaceVariant, string>> = {
  UNSYNCHRONIZED: 'var(--threads-locked)',
  ATOMIC: 'var(--processes)',
  LOCKED: 'var(--async)',
  SHARDED: 'var(--sync)',
  PADDED: 'var(--compute)',
  BATCHED: 'var(--threads)',
};

/** Shapes of the final values beside colours. */
export const RACE_SHAPES: Readonly<Record<RaceVariant, string>> = {
  UNSYNCHRONIZED: 'cross',
  ATOMIC: 'diamond',
  LOCKED: 'square',
  SHARDED: 'circle',
  PADDED: 'triangle-down',
  BATCHED: 'triangle-up',
};

export const INK = 'var(--ink)';
export const QUIET_INK = 'var(--quiet-ink)';
const GRID = 'var(--grid)';

export const CHART_CONFIG: Config = {
  background: 'transparent',
  font: 'inherit',
  // The page gives each drawing a title, a description and a table.
  aria: false,
  view: { stroke: null },
  axis: {
    labelColor: QUIET_INK,
    titleColor: QUIET_INK,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 'normal',
    gridColor: GRID,
    domainColor: GRID,
    tickColor: GRID,
    labelPadding: 6,
    titlePadding: 10,
  },
  axisY: { domain: false, ticks: false },
  axisX: { ticks: false },
};
