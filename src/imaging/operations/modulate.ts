import type { OperationSpec } from './operation-spec.js';

/** Factors; 1 has no effect. Hue in degrees. */
export interface ModulateParams {
  brightness: number;
  saturation: number;
  contrast: number;
  hue: number;
}

const FACTOR = { type: 'NUMBER', min: 0, max: 10 } as const;

export const modulate: OperationSpec<ModulateParams> = {
  summary: 'Changes brightness, saturation, contrast and hue.',
  parameters: {
    brightness: FACTOR,
    saturation: FACTOR,
    contrast: FACTOR,
    hue: { type: 'NUMBER', min: -360, max: 360 },
  },
  describe: ({ brightness, saturation, contrast, hue }) =>
    `modulate brightness ${brightness}, saturation ${saturation}, contrast ${contrast}, hue ${hue}°`,
};
