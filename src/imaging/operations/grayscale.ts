import type { OperationSpec } from './operation-spec.js';

export type GrayscaleParams = Record<never, never>;

export const grayscale: OperationSpec<GrayscaleParams> = {
  summary: 'Removes the colours and keeps the luminance.',
  parameters: {},
  describe: () => 'grayscale',
};
