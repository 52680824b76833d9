import { qualityOf } from '../../encoding-settings.js';
import type { EncodedImage, EngineRequest } from '../../engine.js';
import type { StepRunner } from '../../engine-info.js';
import { checkResultSize } from '../../output-size.js';
import { asBitmap } from '../../pixels/bitmap.js';
import type { Raster } from '../../pixels/raster.js';
import { encodeWithin } from '../quality-search.js';
import { codecOf } from './jimp-formats.js';

/** Encodes the result of a pipeline. */
export async function encode(
  raster: Raster,
  { output }: EngineRequest,
  runStep: StepRunner,
): Promise<EncodedImage> {
  const { format, maxBytes } = output;
  const { width, height } = raster;
  checkResultSize(raster, format);
  const codec = codecOf(format);
  const at = (quality: number): Promise<Uint8Array> =>
    runStep(() => codec.encode(asBitmap(raster), { quality }));
  const wanted = qualityOf(format, output.quality);
  const bytes = maxBytes === undefined ? await at(wanted) : await encodeWithin(maxBytes, wanted, at);
  return { bytes, width, height, frames: 1 };
}
