import { encodeBmp } from '../codecs/bmp-encoder.js';
import type { EncodedImage, EngineRequest } from '../engine.js';
import type { StepRunner } from '../engine-info.js';
import type { ImageFormat } from '../operation.js';
import { quarterTurns } from '../output-size.js';
import { encodeAs } from './sharp-formats.js';
import { begin, type Pass, pixels, run } from './sharp-pass.js';
import type { SharpOperation } from './sharp-stages.js';

/** Formats without transparency: the image is laid on white. */
const OPAQUE_FORMATS: readonly ImageFormat[] = ['JPEG', 'BMP'];

/** Runs the last pass and encodes its result. */
export async function encode(
  pass: Pass,
  { output }: EngineRequest,
  runStep: StepRunner,
): Promise<EncodedImage> {
  const { format, quality } = output;
  const flattens = OPAQUE_FORMATS.includes(format);
  // sharp flattens first of all, which is too early for the corners that a rotation adds; and it writes a TIFF in
  // the numbers that it computes in, floats after a convolution.
  const needsPixels = (flattens && makesCorners(pass.last)) || format === 'TIFF';
  const last = needsPixels ? begin(await runStep(() => pixels(pass)), pass.time) : pass;
  if (flattens) last.pipeline.flatten({ background: '#ffffff' });
  if (format === 'BMP') {
    const raster = await runStep(() => pixels(last));
    const { width, height } = raster;
    return { bytes: await runStep(() => encodeBmp(raster)), width, height };
  }
  const { data, info } = await runStep(() => run(last, encodeAs(last.pipeline, format, quality)));
  return { bytes: data, width: info.width, height: info.height };
}

function makesCorners(operation: SharpOperation | undefined): boolean {
  return operation?.kind === 'ROTATE' && quarterTurns(operation.params.degrees) === undefined;
}
