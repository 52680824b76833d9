import type { ConcurrencyModel } from '../../execution/model.js';
import type { RaceVariant } from '../../execution/race.js';
import { MODEL_COLOURS, MODEL_SHAPES, RACE_COLOURS, RACE_SHAPES } from './theme.js';

/** An entry of a legend. */
export interface Sign {
  name: string;
  colour: string;
  /** SVG path in a box of 12 x 12. */
  path: string;
}

/** The shapes of the charts as SVG paths: as characters they would be blank on systems without a font for them. */
const PATHS: Readonly<Record<string, string>> = {
  circle: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10Z',
  square: 'M1.5 1.5h9v9h-9Z',
  cross: 'M4.5 1h3v3.5H11v3H7.5V11h-3V7.5H1v-3h3.5Z',
  diamond: 'M6 0l6 6l-6 6l-6-6Z',
  'triangle-up': 'M6 1l5.5 10h-11Z',
  'triangle-down': 'M6 11l5.5 -10h-11Z',
};

export const modelSign = (model: ConcurrencyModel): Sign => ({
  name: model,
  colour: MODEL_COLOURS[model],
  path: PATHS[MODEL_SHAPES[model]] ?? PATHS.circle ?? '',
});

export const raceSign = (variant: RaceVariant): Sign => ({
  name: variant,
  colour: RACE_COLOURS[variant],
  path: PATHS[RACE_SHAPES[variant]] ?? PATHS.circle ?? '',
});

export const partSign = (name: string, colour: string): Sign => ({ name, colour, path: PATHS.square ?? '' });
