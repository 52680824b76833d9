import packageJson from 'jimp/package.json' with { type: 'json' };
import { AppError } from '../../errors.js';
import { JIMP_FORMATS, type JimpFormat } from '../codecs/jimp-formats.js';
import { decodeError } from '../decode-error.js';
import type { EncodedImage, Engine, EngineRequest, PixelOperation } from '../engine.js';
import type { EngineInfo, StepRunner } from '../engine-info.js';
import { IMAGE_FORMATS, type ImageFormat, type ResizeParams } from '../operation.js';
import { quarterTurns, resizePlan } from '../output-size.js';
import { asBitmap, asRaster } from '../pixels/bitmap.js';
import { parseHexColour } from '../pixels/colour.js';
import { convertToSrgb } from '../pixels/colour-profile.js';
import { gaussianBlur } from '../pixels/gaussian-blur.js';
import { grayscale } from '../pixels/grayscale.js';
import type { RgbaRaster } from '../pixels/raster.js';
import { resample } from '../pixels/resample.js';
import { rotate } from '../pixels/rotate.js';
import { unsharpMask } from '../pixels/unsharp-mask.js';
import { drawWatermark } from '../pixels/watermark.js';
import { Jimp, type JimpImage } from './jimp-library.js';

const FORMATS: Partial<Record<ImageFormat, JimpFormat>> = JIMP_FORMATS;

/** The EXIF orientations that are mirrored, and the turn in degrees counter-clockwise that comes before that. */
const MIRRORED = [2, 4, 5, 7];
const UPRIGHT: Readonly<Record<number, number>> = { 3: 180, 4: 180, 5: -90, 6: -90, 7: 90, 8: 90 };

/**
 * Pure JavaScript: the package `jimp`. Its images are decoded, turned, cut and encoded by it; where it is wrong or
 * very slow, kernels of our own work on their bitmap (see {@link apply}).
 *
 * Colours: matrix and grey ICC profiles are converted to sRGB; CMYK is converted by formula, without its profile.
 */
export const jimpEngine: Engine = { name: 'JIMP', info, process };

async function info(): Promise<EngineInfo> {
  const formats = IMAGE_FORMATS.filter((format) => FORMATS[format]);
  return { engine: 'JIMP', version: packageJson.version, reads: formats, writes: formats };
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const image = await runStep(() => decode(request));
  for (const operation of request.operations) await runStep(() => apply(image, operation));
  const { format, ...options } = request.output;
  const bytes = await runStep(() => image.getBuffer(mimeOf(format), options));
  return { bytes, width: image.width, height: image.height };
}

async function decode(request: EngineRequest): Promise<JimpImage> {
  const { source } = request;
  const image = await read(request);
  if (image.width !== source.width || image.height !== source.height) {
    throw new AppError('UNSUPPORTED_MEDIA', 'The picture has another size than its header says');
  }
  image.rotate(UPRIGHT[source.orientation] ?? 0);
  if (MIRRORED.includes(source.orientation)) image.flip({ horizontal: true, vertical: false });
  if (source.iccProfile) convertToSrgb(asRaster(image.bitmap), source.iccProfile);
  return image;
}

/** The picture as it lies in the file. */
async function read({ bytes, source, limits }: EngineRequest): Promise<JimpImage> {
  // jimp's EXIF parser takes minutes and gigabytes for 2 MB of tags that overlap. It works on a Buffer alone, and
  // jimp goes on without it; the orientation comes from our own, bounded parser.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await Jimp.fromBuffer(plain as Buffer, { [mimeOf(source.format)]: limits });
  } catch (error) {
    throw decodeError('JIMP', source.format, error);
  }
}

/**
 * Measured on 1920x1080 beside jimp's own: its `gaussian` takes 70 times as long as our blur, its `convolution` 20
 * times; its `resize` takes three times as long, lets the colour of transparent pixels into visible ones, and its
 * sharper modes alias (40 to 43 dB from SHARP, ours 56); its `rotate` takes the nearest pixel at other angles than
 * quarter turns; its `greyscale` adds up sRGB values as if they were light.
 */
function apply(image: JimpImage, operation: PixelOperation): void {
  switch (operation.kind) {
    case 'RESIZE':
      resize(image, operation.params);
      break;
    case 'BLUR':
      replace(image, (raster) => gaussianBlur(raster, operation.params.sigma));
      break;
    case 'SHARPEN':
      replace(image, (raster) => unsharpMask(raster, operation.params.amount));
      break;
    case 'GRAYSCALE':
      grayscale(asRaster(image.bitmap));
      break;
    case 'ROTATE': {
      const { degrees, background } = operation.params;
      if (quarterTurns(degrees) !== undefined) image.rotate(-degrees);
      else replace(image, (raster) => rotate(raster, degrees, parseHexColour(background)));
      break;
    }
    case 'WATERMARK':
      drawWatermark(asRaster(image.bitmap), operation.params);
      break;
  }
}

/** What sticks out is cut off evenly; where the middle is between two pixels, the later one is taken, as sharp does. */
function resize(image: JimpImage, params: ResizeParams): void {
  const { scaled, result } = resizePlan(image.bitmap, params);
  replace(image, (raster) => resample(raster, scaled.width, scaled.height));
  if (scaled.width === result.width && scaled.height === result.height) return;
  const x = Math.ceil((scaled.width - result.width) / 2);
  const y = Math.ceil((scaled.height - result.height) / 2);
  image.crop({ x, y, w: result.width, h: result.height });
}

function replace(image: JimpImage, kernel: (raster: RgbaRaster) => RgbaRaster): void {
  image.bitmap = asBitmap(kernel(asRaster(image.bitmap)));
}

function mimeOf(format: ImageFormat): string {
  const found = FORMATS[format];
  if (!found) throw new AppError('BAD_USER_INPUT', `JIMP cannot read or write ${format}`);
  return found.mime;
}
