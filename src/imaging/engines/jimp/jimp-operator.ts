import type { StepRunner } from '../../engine-info.js';
import type { Box, Size } from '../../geometry.js';
import { gaussianBlur } from '../../pixels/gaussian-blur.js';
import { attentionBox } from '../../pixels/geometry/attention.js';
import { quarterTurn } from '../../pixels/geometry/quarter-turn.js';
import { resample } from '../../pixels/geometry/resample.js';
import type { Raster } from '../../pixels/raster.js';
import { unsharpMask } from '../../pixels/unsharp-mask.js';
import type { Operator } from '../operator.js';

/**
 * Kernels of our own. Measured on 1920x1080 beside jimp's: its `gaussian` takes 70 times as long as our blur, its
 * `convolution` 20 times; its `resize` takes three times as long, lets the colour of transparent pixels into visible
 * ones, and its sharper modes alias (40 to 43 dB from SHARP, ours 56); its `rotate` uses the nearest pixel at angles
 * other than quarter turns; its `greyscale` adds sRGB values as if they were linear light.
 */
export class JimpOperator implements Operator<Raster> {
  constructor(private readonly runStep: StepRunner) {}

  sizeOf({ width, height }: Raster): Size {
    return { width, height };
  }

  async rasterOf(raster: Raster): Promise<Raster> {
    return raster;
  }

  frameOf(raster: Raster): Raster {
    return raster;
  }

  scale(raster: Raster, { width, height }: Size): Promise<Raster> {
    return this.runStep(() => resample(raster, width, height));
  }

  blur(raster: Raster, sigma: number): Promise<Raster> {
    return this.runStep(() => gaussianBlur(raster, sigma));
  }

  sharpen(raster: Raster, amount: number): Promise<Raster> {
    return this.runStep(() => unsharpMask(raster, amount));
  }

  quarterTurn(raster: Raster, quarters: number): Promise<Raster> {
    return this.runStep(() => quarterTurn(raster, quarters));
  }

  attentionBox(raster: Raster, size: Size): Promise<Box> {
    return this.runStep(() => attentionBox(raster, size));
  }
}
