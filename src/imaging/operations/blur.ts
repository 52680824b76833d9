import type { OperationSpec } from './operation-spec.js';

/** Gaussian blur; sigma in pixels. */
export interface BlurParams {
  sigma: number;
}

export const blur: OperationSpec<BlurParams> = {
  summary: 'Gaussian blur.',
  parameters: { sigma: { type: 'NUMBER', min: 0.3, max: 100, unit: ' pixels' } },
  describe: ({ sigma }) => `blur by ${sigma} px`,
};
