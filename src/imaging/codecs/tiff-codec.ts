import utif from 'utif2';
import { AppError } from '../../errors.js';
import { boundedInflate } from '../headers/bounded-inflate.js';
import { TIFF_TAG, type TiffPage, tiffPages } from '../headers/tiff-header.js';
import { unpremultiply } from '../pixels/alpha.js';
import { isOpaque, type RgbaRaster } from '../pixels/raster.js';
import { decodeLzw } from './lzw-decoder.js';

/** None and PackBits. The library's decoders for fax (2, 3, 4) and LZW never end on damaged data. */
const COMPRESSIONS = [1, 32773];
/** LZW, and deflate under its two numbers, are unpacked here. */
const LZW = 5;
const DEFLATE = [8, 32946];
const UNPACKED_HERE = [LZW, ...DEFLATE];
/** White or black is zero, RGB, palette. */
const PHOTOMETRICS = [0, 1, 2, 3];
const MAX_BITS = 16;
const MAX_SAMPLES = 4;
/** What the fourth sample is: alpha that the colours are multiplied with, or that they are not. */
const PREMULTIPLIED = 1;
const STRAIGHT = 2;
/** Room for the tags of a picture in one strip. */
const TIFF_HEADER_BYTES = 256;
/** What the decoder looks at; anything else could lead it to one of its decoders for raw camera files. */
const PASSED_ON = [
  TIFF_TAG.width,
  TIFF_TAG.height,
  TIFF_TAG.bitsPerSample,
  TIFF_TAG.compression,
  TIFF_TAG.photometric,
  TIFF_TAG.fillOrder,
  TIFF_TAG.stripOffsets,
  TIFF_TAG.samplesPerPixel,
  TIFF_TAG.rowsPerStrip,
  TIFF_TAG.stripByteCounts,
  TIFF_TAG.predictor,
  TIFF_TAG.palette,
  TIFF_TAG.extraSamples,
  TIFF_TAG.sampleFormat,
];

/**
 * The first page. The library is given that page alone, with the tags that it needs: by itself it would decode
 * every page, follow any tag, and unpack without a bound.
 *
 * @throws AppError UNSUPPORTED_MEDIA for kinds of TIFF that it cannot do (tiles, JPEG inside, fax, CMYK, floats)
 */
export function decodeTiff(bytes: Uint8Array): RgbaRaster {
  const [page] = tiffPages(bytes);
  if (!page) throw unsupported('has no page');
  checkKind(page);
  const tags = Object.fromEntries(
    PASSED_ON.flatMap((tag) => {
      const values = page.values(tag);
      return values.length > 0 ? [[`t${tag}`, values]] : [];
    }),
  );
  const file = UNPACKED_HERE.includes(page.value(TIFF_TAG.compression) ?? 1)
    ? unpackStrips(bytes, page, tags)
    : bytes;
  const picture = { ...tags, data: undefined } as unknown as utif.IFD;
  utif.decodeImage(Buffer.from(file.buffer, file.byteOffset, file.byteLength), picture);
  const data = utif.toRGBA8(picture);
  const raster: RgbaRaster = { data, width: picture.width, height: picture.height, channels: 4 };
  return page.value(TIFF_TAG.extraSamples) === PREMULTIPLIED ? unpremultiply(raster) : raster;
}

/** RGB, or RGBA where something is transparent, not compressed. */
export function encodeTiff(raster: RgbaRaster): Uint8Array {
  const { data, width, height } = raster;
  const samples = isOpaque(raster) ? 3 : 4;
  const length = width * height * samples;
  const tags = {
    t256: [width],
    t257: [height],
    t258: [8, 8, 8, 8].slice(0, samples),
    t259: [1],
    t262: [2],
    t273: [TIFF_HEADER_BYTES],
    t277: [samples],
    t278: [height],
    t279: [length],
    ...(samples === 4 && { t338: [STRAIGHT] }),
  };
  const bytes = new Uint8Array(TIFF_HEADER_BYTES + length);
  bytes.set(new Uint8Array(utif.encode([tags as unknown as utif.IFD])));
  for (let p = 0, o = TIFF_HEADER_BYTES; p < data.length; p += 4, o += samples) {
    bytes[o] = data[p] as number;
    bytes[o + 1] = data[p + 1] as number;
    bytes[o + 2] = data[p + 2] as number;
    if (samples === 4) bytes[o + 3] = data[p + 3] as number;
  }
  return bytes;
}

function checkKind(page: TiffPage): void {
  const compression = page.value(TIFF_TAG.compression) ?? 1;
  const photometric = page.value(TIFF_TAG.photometric) ?? 2;
  const known =
    [...COMPRESSIONS, ...UNPACKED_HERE].includes(compression) && PHOTOMETRICS.includes(photometric);
  if (!known) throw unsupported(`is of a kind (compression ${compression}, colours ${photometric})`);
  if (page.value(TIFF_TAG.tileWidth) !== undefined) throw unsupported('is made of tiles');
  if (page.value(TIFF_TAG.planarConfiguration) === 2) throw unsupported('has its colours apart');
  const bits = page.value(TIFF_TAG.bitsPerSample) ?? 1;
  const samples = page.value(TIFF_TAG.samplesPerPixel) ?? 1;
  if (bits > MAX_BITS || samples > MAX_SAMPLES || samples === 2)
    throw unsupported(`has ${samples} samples of ${bits} bits`);
}

/** Replaces the strips, in `tags` too, by what they unpack to. */
function unpackStrips(bytes: Uint8Array, page: TiffPage, tags: Record<string, number[]>): Uint8Array {
  const bits = (page.value(TIFF_TAG.bitsPerSample) ?? 1) * (page.value(TIFF_TAG.samplesPerPixel) ?? 1);
  const rowBytes = Math.ceil((page.side(TIFF_TAG.width) * bits) / 8);
  const height = page.side(TIFF_TAG.height);
  const rowsPerStrip = Math.min(height, page.value(TIFF_TAG.rowsPerStrip) ?? height);
  const lengths = page.values(TIFF_TAG.stripByteCounts);
  const compression = page.value(TIFF_TAG.compression);
  const strips = page
    .values(TIFF_TAG.stripOffsets)
    .slice(0, Math.ceil(height / rowsPerStrip))
    .map((offset, i) => {
      const strip = bytes.subarray(offset, offset + (lengths[i] ?? 0));
      const maxBytes = rowBytes * rowsPerStrip;
      return compression === LZW ? decodeLzw(strip, maxBytes) : boundedInflate(strip, maxBytes, 'A strip');
    });
  let end = 0;
  tags[`t${TIFF_TAG.compression}`] = [1];
  tags[`t${TIFF_TAG.stripByteCounts}`] = strips.map((strip) => strip.length);
  tags[`t${TIFF_TAG.stripOffsets}`] = strips.map((strip) => {
    end += strip.length;
    // The library reads the byte order from the first two bytes.
    return 2 + end - strip.length;
  });
  return Buffer.concat([bytes.subarray(0, 2), ...strips]);
}

function unsupported(what: string): AppError {
  return new AppError('UNSUPPORTED_MEDIA', `The TIFF file ${what} that JIMP cannot decode; SHARP may`);
}
