import { MAX_SIDE } from '../image-format.js';
import type { OperationSpec } from './operation-spec.js';

/** Pixels added on each side, and their colour (#RRGGBB or #RRGGBBAA). */
export interface ExtendParams {
  top: number;
  right: number;
  bottom: number;
  left: number;
  background: string;
}

const BORDER = { type: 'WHOLE', min: 0, max: MAX_SIDE } as const;

export const extend: OperationSpec<ExtendParams> = {
  summary: 'Adds borders.',
  parameters: { top: BORDER, right: BORDER, bottom: BORDER, left: BORDER, background: { type: 'COLOUR' } },
  geometry: {
    sizeAfter: ({ width, height }, { top, right, bottom, left }) => ({
      width: width + left + right,
      height: height + top + bottom,
    }),
    pointAfter: ({ x, y }, _size, { left, top }) => ({ x: x + left, y: y + top }),
  },
  describe: ({ top, right, bottom, left, background }) =>
    `extend by ${top}, ${right}, ${bottom}, ${left} px with ${background}`,
};
