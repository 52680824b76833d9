import packageJson from 'jimp/package.json' with { type: 'json' };
import type { EncodedImage, Engine, EngineRequest } from '../engine.js';
import type { EngineInfo, StepRunner } from '../engine-info.js';
import { decode } from './jimp-decode.js';
import { JIMP_FORMAT_NAMES, mimeOf } from './jimp-formats.js';
import { apply } from './jimp-operate.js';

/**
 * Pure JavaScript: the package `jimp`. Its images are decoded, turned, cut and encoded by it; where it is wrong or
 * very slow, kernels of our own work on their bitmap (see {@link apply}).
 *
 * Colours: matrix and grey ICC profiles are converted to sRGB; CMYK is converted by formula, without its profile.
 */
export const jimpEngine: Engine = { name: 'JIMP', info, process };

async function info(): Promise<EngineInfo> {
  return {
    engine: 'JIMP',
    version: packageJson.version,
    reads: JIMP_FORMAT_NAMES,
    writes: JIMP_FORMAT_NAMES,
  };
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const image = await runStep(() => decode(request));
  for (const operation of request.operations) await runStep(() => apply(image, operation));
  const { format, ...options } = request.output;
  const bytes = await runStep(() => image.getBuffer(mimeOf(format), options));
  return { bytes, width: image.width, height: image.height };
}
