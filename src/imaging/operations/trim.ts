import type { OperationSpec } from './operation-spec.js';

/** Largest difference of a channel, 0 to 255, from the top left pixel that still counts as border. */
export interface TrimParams {
  threshold: number;
}

export const trim: OperationSpec<TrimParams> = {
  summary: 'Removes borders of the colour of the top left pixel.',
  parameters: { threshold: { type: 'NUMBER', min: 0, max: 255 } },
  geometry: {
    // The size is known only after decoding; until then it counts as large as the input.
    sizeAfter: (size) => size,
    pointAfter: (point, _size, _params, box) => ({ x: point.x - box.left, y: point.y - box.top }),
  },
  describe: ({ threshold }) => `trim (threshold ${threshold})`,
};
