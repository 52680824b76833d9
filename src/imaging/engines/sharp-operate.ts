import type { PixelOperation } from '../engine.js';
import type { StepRunner } from '../engine-info.js';
import { resizePlan, sizeAfter } from '../output-size.js';
import { grayscale } from '../pixels/grayscale.js';
import type { Raster } from '../pixels/raster.js';
import { unsharpKernel } from '../pixels/unsharp-mask.js';
import { drawWatermark } from '../pixels/watermark.js';
import { begin, type Pass, pixels } from './sharp-pass.js';
import { type KernelOperation, planStages, type SharpOperation } from './sharp-stages.js';

/** Below this share of its peak the Gaussian is cut off; sharp's default, 0.2, blurs visibly less than asked. */
const BLUR_CUT_OFF = 0.02;

/** Applies the operations in order; returns the pass that ends with the last of them. */
export async function operate(
  source: Pass,
  operations: readonly PixelOperation[],
  runStep: StepRunner,
): Promise<Pass> {
  let pass = source;
  for (const stage of planStages(operations)) {
    const before = pass;
    if (stage.kind === 'KERNEL') {
      const raster = await runStep(() => pixels(before));
      await runStep(() => runKernel(raster, stage.operation));
      pass = begin(raster, before.time);
    } else {
      if (before.last) pass = begin(await runStep(() => pixels(before)), before.time);
      for (const operation of stage.operations) add(pass, operation);
    }
  }
  return pass;
}

function add(pass: Pass, operation: SharpOperation): void {
  const { pipeline, size } = pass;
  switch (operation.kind) {
    case 'RESIZE': {
      const { result } = resizePlan(size, operation.params);
      pipeline.resize(result.width, result.height, {
        fit: operation.params.fit === 'COVER' ? 'cover' : 'fill',
      });
      break;
    }
    case 'BLUR':
      pipeline.blur({ sigma: operation.params.sigma, precision: 'integer', minAmplitude: BLUR_CUT_OFF });
      break;
    case 'SHARPEN':
      if (operation.params.amount === 0) break;
      pipeline.convolve({ width: 3, height: 3, ...unsharpKernel(operation.params.amount) });
      break;
    case 'ROTATE':
      pipeline.rotate(operation.params.degrees, { background: operation.params.background });
      break;
  }
  pass.size = sizeAfter(size, operation);
  pass.last = operation;
}

function runKernel(raster: Raster, operation: KernelOperation): void {
  if (operation.kind === 'GRAYSCALE') grayscale(raster);
  else drawWatermark(raster, operation.params);
}
