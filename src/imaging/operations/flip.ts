import type { OperationSpec } from './operation-spec.js';

export const FLIP_AXES = ['HORIZONTAL', 'VERTICAL'] as const;
export type FlipAxis = (typeof FLIP_AXES)[number];

/** HORIZONTAL mirrors left and right, VERTICAL top and bottom. */
export interface FlipParams {
  axis: FlipAxis;
}

export const flip: OperationSpec<FlipParams> = {
  summary: 'Mirrors left and right, or top and bottom.',
  parameters: { axis: { type: 'ONE_OF', values: FLIP_AXES } },
  geometry: {
    sizeAfter: (size) => size,
    pointAfter: ({ x, y }, { width, height }, { axis }) =>
      axis === 'HORIZONTAL' ? { x: width - x, y } : { x, y: height - y },
  },
  describe: ({ axis }) => `flip (${axis})`,
};
