import { encodeBmp } from '../../codecs/bmp-encoder.js';
import { qualityOf } from '../../encoding-settings.js';
import type { EncodedImage, EngineRequest } from '../../engine.js';
import type { StepRunner } from '../../engine-info.js';
import { FORMATS } from '../../image-format.js';
import { checkResultSize } from '../../output-size.js';
import { flattenOnWhite } from '../../pixels/flatten.js';
import { asRgba, type Raster } from '../../pixels/raster.js';
import { encodeWithin } from '../quality-search.js';
import { joinFrames, type Playback } from './sharp-animation.js';
import { encodeAs } from './sharp-formats.js';
import { sharp } from './sharp-library.js';
import { begin, type Pass, pixels, run } from './sharp-pass.js';

/** Encodes the result: one frame, or an animation of several. */
export async function encode(
  frames: Pass[],
  playback: Playback | undefined,
  { output }: EngineRequest,
  runStep: StepRunner,
): Promise<EncodedImage> {
  const { format, quality, maxBytes } = output;
  const [first] = frames as [Pass];
  const { size, context } = first;
  checkResultSize(size, format);
  if (format === 'BMP') {
    const raster = flattenOnWhite(await runStep(() => pixels(first)));
    return { ...size, frames: 1, bytes: await runStep(() => encodeBmp(raster)) };
  }
  const encodePass = async (pass: Pass, pageHeight?: number): Promise<Uint8Array> => {
    const at = async (number: number): Promise<Uint8Array> => {
      const pipeline = encodeAs(await pipelineOf(pass, pageHeight), format, number, playback);
      return (await runStep(() => run(pass, pipeline))).data;
    };
    const wanted = qualityOf(format, quality);
    return maxBytes === undefined ? at(wanted) : encodeWithin(maxBytes, wanted, at);
  };
  const rasterOf = (pass: Pass) => runStep(() => pixels(pass));
  const result = { ...size, frames: frames.length };
  if (frames.length > 1) {
    const rasters: Raster[] = [];
    while (frames.length > 0) rasters.push(await rasterOf(frames.shift() as Pass));
    const roll = await runStep(() => joinFrames(rasters));
    return { ...result, bytes: await encodePass(begin(roll, context), size.height) };
  }
  const flattens = !FORMATS[format].alpha && first.opaque !== true;
  // sharp writes a TIFF with its internal sample format, which is float after a convolution.
  const needsPixels = flattens || format === 'TIFF' || format === 'GIF' || maxBytes !== undefined;
  if (!needsPixels) return { ...result, bytes: await encodePass(first) };
  const raster = await rasterOf(first);
  if (format === 'GIF') {
    // libvips keeps 255 colours at most. Imported here, so that other formats do not load the encoder's package.
    const { encodeGifExactly } = await import('../../codecs/gif-encoder.js');
    const bytes = await runStep(() => encodeGifExactly(asRgba(raster)));
    if (bytes) return { ...result, bytes };
  }
  const pass = begin(flattens ? await runStep(() => flattenOnWhite(raster)) : raster, context);
  return { ...result, bytes: await encodePass(pass) };
}

/** Returns the pipeline of a pass; a new one for pixels, because a pipeline can be encoded only once. */
async function pipelineOf({ pipeline, raster, last }: Pass, pageHeight: number | undefined) {
  if (!raster || last !== 'NOTHING') return pipeline;
  const { data, width, height, channels } = raster;
  const raw = { width, height, channels, ...(pageHeight && { pageHeight }) };
  return sharp(data, { raw, limitInputPixels: false });
}
