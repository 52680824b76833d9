import type { EncodedImage, Engine, EngineRequest } from '../../engine.js';
import type { StepRunner } from '../../engine-info.js';
import type { Raster } from '../../pixels/raster.js';
import { operate } from '../operate.js';
import { decode } from './jimp-decode.js';
import { encode } from './jimp-encode.js';
import { jimpInfo } from './jimp-info.js';
import { JimpOperator } from './jimp-operator.js';

/**
 * Pure JavaScript: the package `jimp`. It encodes; decoders and kernels of our own replace it where it is wrong, unbounded
 * or very slow (see `decodeUpright` and {@link JimpOperator}).
 *
 * Colours: matrix and grey ICC profiles are converted to sRGB; CMYK is converted by formula, without its profile.
 */
export const jimpEngine: Engine = { name: 'JIMP', keepsAnimations: false, info: jimpInfo, process };

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const source = await runStep(() => decode(request));
  const operator = new JimpOperator(runStep);
  const [result] = await operate<Raster>([source], request, operator, runStep);
  return encode(result as Raster, request, runStep);
}
