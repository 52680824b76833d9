import type { StepRunner } from '../../engine-info.js';
import type { Box, Size } from '../../geometry.js';
import { gaussianBlur } from '../../pixels/gaussian-blur.js';
import { resample } from '../../pixels/geometry/resample.js';
import type { Raster } from '../../pixels/raster.js';
import { unsharpKernel, unsharpMask } from '../../pixels/unsharp-mask.js';
import type { Operator } from '../operator.js';
import { blurSettings } from './sharp-blur.js';
import { sharp } from './sharp-library.js';
import { begin, type Pass, type PassContext, pixels, SHARP_ORDER, type SharpStage } from './sharp-pass.js';

/**
 * Uses libvips for the operations that it computes correctly, several in one pass if their order allows: shrinking,
 * blur and sharpening of opaque images, and quarter turns. libvips enlarges with a shift of half a pixel and
 * truncates premultiplied colours after each step; our own kernels replace it there.
 */
export class SharpOperator implements Operator<Pass> {
  constructor(
    private readonly context: PassContext,
    private readonly runStep: StepRunner,
  ) {}

  sizeOf(pass: Pass): Size {
    return pass.size;
  }

  async rasterOf(pass: Pass): Promise<Raster> {
    return this.runStep(() => pixels(pass));
  }

  frameOf(raster: Raster): Pass {
    return begin(raster, this.context);
  }

  async scale(pass: Pass, size: Size): Promise<Pass> {
    const { width, height } = size;
    if (width === pass.size.width && height === pass.size.height) return pass;
    const shrinks = width <= pass.size.width && height <= pass.size.height;
    const ready = await this.#readyFor('RESIZE', pass);
    if (!shrinks || !ready.opaque) return this.#kernel(ready, (raster) => resample(raster, width, height));
    ready.pipeline.resize(width, height, { fit: 'fill' });
    return { ...ready, size, last: 'RESIZE' };
  }

  async blur(pass: Pass, sigma: number): Promise<Pass> {
    const ready = await this.#readyFor('BLUR', pass);
    const settings = ready.opaque ? blurSettings(sigma) : undefined;
    if (!settings) return this.#kernel(ready, (raster) => gaussianBlur(raster, sigma));
    ready.pipeline.blur({ ...settings, precision: 'integer' });
    return { ...ready, last: 'BLUR' };
  }

  async sharpen(pass: Pass, amount: number): Promise<Pass> {
    if (amount === 0) return pass;
    const ready = await this.#readyFor('SHARPEN', pass);
    if (!ready.opaque) return this.#kernel(ready, (raster) => unsharpMask(raster, amount));
    ready.pipeline.convolve({ width: 3, height: 3, ...unsharpKernel(amount) });
    return { ...ready, last: 'SHARPEN' };
  }

  async quarterTurn(pass: Pass, quarters: number): Promise<Pass> {
    // Not in the decoding pass, which may apply an orientation.
    const ready = this.frameOf(await this.rasterOf(pass));
    ready.pipeline.rotate(90 * quarters);
    const { width, height } = ready.size;
    const size = quarters === 2 ? ready.size : { width: height, height: width };
    return { ...ready, size, last: 'TURN' };
  }

  /** The box of libvips' `smartcrop`, from the crop offsets that sharp reports. */
  async attentionBox({ data, width, height, channels }: Raster, size: Size): Promise<Box> {
    const options = { fit: 'cover', position: 'attention', withoutReduction: true } as const;
    const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
    this.context.time.apply(pipeline);
    const { info } = await this.runStep(() =>
      pipeline.resize(size.width, size.height, options).raw().toBuffer({ resolveWithObject: true }),
    );
    return { left: -(info.cropOffsetLeft ?? 0), top: -(info.cropOffsetTop ?? 0), ...size };
  }

  /** Returns a pass to which a stage can be added and whose opacity is known. */
  async #readyFor(stage: SharpStage, pass: Pass): Promise<Pass> {
    const isLater = SHARP_ORDER.indexOf(stage) > SHARP_ORDER.indexOf(pass.last);
    return isLater && pass.opaque !== undefined ? pass : this.frameOf(await this.rasterOf(pass));
  }

  async #kernel(pass: Pass, kernel: (raster: Raster) => Raster): Promise<Pass> {
    const raster = await this.rasterOf(pass);
    return this.frameOf(await this.runStep(() => kernel(raster)));
  }
}
