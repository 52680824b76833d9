import packageJson from '@jimp/js-jpeg/package.json' with { type: 'json' };
import { AppError } from '../errors.js';
import { type Codec, JIMP_CODECS } from './codecs/jimp-codecs.js';
import { decodeError } from './decode-error.js';
import type { EncodedImage, Engine, EngineRequest, PixelOperation } from './engine.js';
import type { EngineInfo, StepRunner } from './image-engine.js';
import type { ImagingLimits } from './limits.js';
import { IMAGE_FORMATS, type ImageFormat } from './operation.js';
import { resizePlan } from './output-size.js';
import { parseHexColour } from './pixels/colour.js';
import { convertToSrgb } from './pixels/colour-profile.js';
import { cropCentre } from './pixels/crop.js';
import { gaussianBlur } from './pixels/gaussian-blur.js';
import { grayscale } from './pixels/grayscale.js';
import { orient } from './pixels/orient.js';
import type { RgbaRaster } from './pixels/raster.js';
import { resample } from './pixels/resample.js';
import { rotate } from './pixels/rotate.js';
import { unsharpMask } from './pixels/unsharp-mask.js';
import { drawWatermark } from './pixels/watermark.js';

/**
 * Pure JavaScript: jimp's codecs for JPEG and PNG, and kernels over their bitmaps. The rest of jimp is replaced where
 * it was measured or found to fall short: blur and convolution took 4 to 50 times as long, its rotation takes the
 * nearest pixel, its resize mixes the colour of transparent pixels into visible ones, and its GIF and TIFF decoders
 * never end on some damaged files.
 *
 * Colours: matrix and grey ICC profiles are converted to sRGB; CMYK is converted by formula, without its profile.
 */
export const jimpEngine: Engine = { name: 'JIMP', info, process };

async function info(): Promise<EngineInfo> {
  const formats = IMAGE_FORMATS.filter((format) => JIMP_CODECS[format]);
  return { engine: 'JIMP', version: packageJson.version, reads: formats, writes: formats };
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  let raster = await runStep(() => decode(request));
  for (const operation of request.operations) {
    raster = await runStep(() => apply(raster, operation));
  }
  const { width, height } = raster;
  return { bytes: await runStep(() => encode(raster, request)), width, height };
}

function decode({ bytes, source, limits }: EngineRequest): RgbaRaster {
  const raster = decodePixels(bytes, source.format, limits);
  if (raster.width !== source.width || raster.height !== source.height) {
    throw new AppError('UNSUPPORTED_MEDIA', 'The picture has another size than its header says');
  }
  const upright = orient(raster, source.orientation);
  return source.iccProfile ? convertToSrgb(upright, source.iccProfile) : upright;
}

function decodePixels(bytes: Uint8Array, format: ImageFormat, limits: ImagingLimits): RgbaRaster {
  try {
    return codec(format).decode(bytes, limits);
  } catch (error) {
    throw decodeError('JIMP', format, error);
  }
}

function apply(raster: RgbaRaster, operation: PixelOperation): RgbaRaster {
  switch (operation.kind) {
    case 'RESIZE': {
      const { scaled, result } = resizePlan(raster, operation.params);
      return cropCentre(resample(raster, scaled.width, scaled.height), result.width, result.height);
    }
    case 'BLUR':
      return gaussianBlur(raster, operation.params.sigma);
    case 'SHARPEN':
      return unsharpMask(raster, operation.params.amount);
    case 'GRAYSCALE':
      grayscale(raster);
      return raster;
    case 'ROTATE':
      return rotate(raster, operation.params.degrees, parseHexColour(operation.params.background));
    case 'WATERMARK':
      drawWatermark(raster, operation.params);
      return raster;
  }
}

function encode(raster: RgbaRaster, { output }: EngineRequest): Uint8Array {
  return codec(output.format).encode(raster, output);
}

function codec(format: ImageFormat): Codec {
  const found = JIMP_CODECS[format];
  if (!found) throw new AppError('BAD_USER_INPUT', `JIMP cannot read or write ${format}`);
  return found;
}
