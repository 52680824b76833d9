import { decodeBmp } from '../codecs/bmp-decoder.js';
import { decodeError } from '../decode-error.js';
import type { EngineRequest } from '../engine.js';
import type { StepRunner } from '../engine-info.js';
import { FORMATS, type ImageFormat } from '../image-format.js';
import { shown } from '../inspect-image.js';
import type { Raster } from '../pixels/raster.js';
import { sharp } from './sharp-library.js';
import { begin, decoding, type Pass } from './sharp-pass.js';
import type { SharpTimeLimit } from './sharp-time-limit.js';

/** Formats that can have more than 8 bits a channel in RGB. */
const DEEP_FORMATS: readonly ImageFormat[] = ['PNG', 'TIFF', 'AVIF'];

/** Opens the source of a request; its pixels are decoded when the pass runs. */
export async function openSource(
  { bytes, source, limits }: EngineRequest,
  time: SharpTimeLimit,
  runStep: StepRunner,
): Promise<Pass> {
  if (source.format === 'BMP') return begin(await runStep(() => decodeOwn(bytes)), time);
  const options = { autoOrient: true, failOn: 'warning', limitInputPixels: limits.maxPixels } as const;
  const pass: Pass = {
    pipeline: sharp(bytes, options),
    size: shown(source),
    time,
    last: 'NOTHING',
    opaque: FORMATS[source.format].alpha ? undefined : true,
    decodes: source.format,
  };
  if (DEEP_FORMATS.includes(source.format)) await runStep(() => convertDeepToSrgb(pass));
  return pass;
}

/**
 * sharp converts RGB of 16 bits that has a profile to Display P3 and not to sRGB (its pipeline.cc), which our own
 * 8 bits of sRGB would take over number by number: such an image is brought to 8 bits before its profile is applied.
 */
async function convertDeepToSrgb(pass: Pass): Promise<void> {
  const { space, hasProfile } = await decoding(pass, pass.pipeline.metadata());
  if (space === 'rgb16' && hasProfile) pass.pipeline.pipelineColourspace('srgb');
}

function decodeOwn(bytes: Uint8Array): Raster {
  try {
    return decodeBmp(bytes);
  } catch (error) {
    throw decodeError('SHARP', 'BMP', error);
  }
}
