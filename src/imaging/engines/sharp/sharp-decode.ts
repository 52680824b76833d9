import type { Metadata } from 'sharp';
import { checkSize, decodeUpright } from '../../codecs/decode-image.js';
import { isOrdinary, tiffLayout } from '../../codecs/tiff/tiff-layout.js';
import { conversionOf, convertToSrgb } from '../../colour/conversion.js';
import { fits, profileSpace } from '../../colour/icc-profile.js';
import { decodeError } from '../../decode-error.js';
import type { EngineRequest } from '../../engine.js';
import type { StepRunner } from '../../engine-info.js';
import type { ImageHeader } from '../../headers/image-header.js';
import { plainJpeg } from '../../headers/jpeg/plain-jpeg.js';
import { plainPng } from '../../headers/png/plain-png.js';
import { mainPage, withFirstPage } from '../../headers/tiff-header.js';
import { FORMATS, type ImageFormat } from '../../image-format.js';
import { shown } from '../../inspect-image.js';
import { orient } from '../../pixels/geometry/orient.js';
import { asRgba, type RgbaRaster } from '../../pixels/raster.js';
import { sharp } from './sharp-library.js';
import { begin, decoding, type Pass, type PassContext, pixels, run } from './sharp-pass.js';

/** Input of libvips: a file, and the level of decoder warnings that are errors. */
interface LibvipsSource {
  bytes: Uint8Array;
  failOn: 'warning' | 'error';
  ignoreIcc: boolean;
}

/**
 * Returns the input of libvips by format; undefined if libvips would read it wrongly, and it is decoded in
 * JavaScript.
 */
const SOURCES: Record<ImageFormat, (bytes: Uint8Array, source: ImageHeader) => LibvipsSource | undefined> = {
  // Harmless causes of warnings have been removed, so the remaining warnings mean damaged pixels. Without an end
  // mark, libjpeg sometimes fills in missing pixels without a warning.
  JPEG: (bytes, source) =>
    source.lacksEnd ? undefined : withProfile(source, { bytes: plainJpeg(bytes), failOn: 'warning' }),
  PNG: (bytes, source) => withProfile(source, { bytes: plainPng(bytes), failOn: 'warning' }),
  WEBP: (bytes) => ({ bytes, failOn: 'warning', ignoreIcc: false }),
  AVIF: (bytes) => ({ bytes, failOn: 'warning', ignoreIcc: false }),
  // libvips cannot read BMP, and draws black where the first frame of a GIF does not cover the screen.
  GIF: () => undefined,
  BMP: () => undefined,
  // libtiff warns about unknown tags.
  TIFF: (bytes, source) => {
    const { page } = mainPage(bytes);
    if (!isOrdinary(tiffLayout(page, bytes[0] === 0x49))) return undefined;
    return withProfile(source, { bytes: withFirstPage(bytes, page), failOn: 'error' });
  },
};

/** Opens the source of a request; its pixels are decoded when the pass runs. */
export async function openSource(
  request: EngineRequest,
  context: PassContext,
  runStep: StepRunner,
): Promise<Pass> {
  const { source, limits, bytes } = request;
  const given = asGivenToLibvips(bytes, source);
  if (!given) return begin(await runStep(() => decodeInJavaScript(request)), context);
  const { bytes: file, ...options } = given;
  const pipeline = sharp(file, { ...options, limitInputPixels: limits.maxPixels });
  const pass: Pass = {
    ...{ pipeline, size: shown(source), context, last: 'NOTHING', decodes: source.format },
    opaque: FORMATS[source.format].alpha ? undefined : true,
  };
  // An upright JPEG needs no further check.
  if (source.format === 'JPEG' && source.orientation === 1) return pass;
  const metadata = await runStep(() => decoding(pass, pipeline.metadata()));
  checkSize(metadata, source);
  if (conversionOf(source) && source.colour?.kind === 'CICP') {
    return begin(await runStep(() => byCodePoints(pass, source)), context);
  }
  convertDeepToSrgb(pass, metadata);
  // Uses only the orientation of our header, not that of libvips; sharp rotates late, so that it can decode at a
  // smaller size.
  if (source.orientation === 1) return pass;
  if (metadata.orientation !== source.orientation)
    return begin(await runStep(() => turned(pass, source)), context);
  pipeline.autoOrient();
  return pass;
}

function asGivenToLibvips(bytes: Uint8Array, source: ImageHeader): LibvipsSource | undefined {
  try {
    return SOURCES[source.format](bytes, source);
  } catch (error) {
    throw decodeError('SHARP', source.format, error);
  }
}

/**
 * Decodes the source of a request in JavaScript, upright and in sRGB: for files that libvips reads wrongly, or
 * refuses as damaged although all pixels exist.
 */
export function decodeInJavaScript({ bytes, source }: EngineRequest): RgbaRaster {
  try {
    return decodeUpright(bytes, source);
  } catch (error) {
    throw decodeError('SHARP', source.format, error);
  }
}

/**
 * Returns how libvips converts an image by its profile; undefined for images that it converts wrongly or not at all:
 * gray of 16 bits, gray with a profile of RGB, colours of a PNG's gamma or code points, CMYK without a profile.
 */
function withProfile(
  { colour, space, bits }: ImageHeader,
  source: Omit<LibvipsSource, 'ignoreIcc'>,
): LibvipsSource | undefined {
  if (colour && colour.kind !== 'ICC') return undefined;
  const profile = colour && profileSpace(colour.profile);
  const isFitting = profile !== undefined && fits(profile, space);
  if (space === 'CMYK' && !isFitting) return undefined;
  if (space === 'GRAY' && isFitting && (profile !== 'GRAY' || bits > 8)) return undefined;
  return { ...source, ignoreIcc: !isFitting };
}

/** Decodes without colour conversion and converts by code points, which libvips ignores. */
async function byCodePoints(pass: Pass, source: ImageHeader): Promise<RgbaRaster> {
  const conversion = conversionOf(source);
  const deep = source.bits > 8;
  const pipeline = pass.pipeline.toColourspace(deep ? 'rgb16' : 'srgb').ensureAlpha();
  const { data, info } = await run(pass, pipeline.raw({ depth: deep ? 'ushort' : 'uchar' }));
  const { width, height } = info;
  const stored = deep
    ? { data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2), width, height }
    : { data, width, height, channels: 4 as const };
  return orient(conversion ? convertToSrgb(stored, conversion) : (stored as RgbaRaster), source.orientation);
}

/** Decodes at full size and applies an orientation that libvips does not detect. */
async function turned(pass: Pass, source: ImageHeader): Promise<RgbaRaster> {
  pass.pipeline.ensureAlpha();
  return orient(asRgba(await pixels(pass)), source.orientation);
}

/**
 * sharp converts RGB of 16 bits that has a profile to Display P3 and not to sRGB (its pipeline.cc), which would then
 * be misread as sRGB. So such an image is reduced to 8 bits before its profile is applied.
 */
function convertDeepToSrgb({ pipeline }: Pass, { space, hasProfile }: Metadata): void {
  if (space === 'rgb16' && hasProfile) pipeline.pipelineColourspace('srgb');
}
