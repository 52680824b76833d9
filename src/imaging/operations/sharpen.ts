import type { OperationSpec } from './operation-spec.js';

/** Unsharp mask; 0 has no effect, 1 is the usual strength. */
export interface SharpenParams {
  amount: number;
}

export const sharpen: OperationSpec<SharpenParams> = {
  summary: 'Sharpens by an unsharp mask.',
  parameters: { amount: { type: 'NUMBER', min: 0, max: 10 } },
  describe: ({ amount }) => `sharpen by ${amount}`,
};
