import utif from 'utif2';
import { AppError } from '../../errors.js';
import { boundedInflate } from '../headers/bounded-inflate.js';
import { TIFF_TAG, type TiffPage, tiffPages } from '../headers/tiff-header.js';
import type { RgbaRaster } from '../pixels/raster.js';

/** None, CCITT (1D, group 3, group 4), LZW, and PackBits; deflate under its two numbers is unpacked here. */
const COMPRESSIONS = [1, 2, 3, 4, 5, 32773];
const DEFLATE = [8, 32946];
/** White or black is zero, RGB, palette. */
const PHOTOMETRICS = [0, 1, 2, 3];
const MAX_BITS = 16;
const MAX_SAMPLES = 4;
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
  TIFF_TAG.faxOptions,
  TIFF_TAG.predictor,
  TIFF_TAG.palette,
  TIFF_TAG.extraSamples,
  TIFF_TAG.sampleFormat,
];

/**
 * The first page. The library is given that page alone, with the tags that it needs: by itself it would decode
 * every page, follow any tag, and unpack without a bound.
 *
 * @throws AppError UNSUPPORTED_MEDIA for kinds of TIFF that it cannot do (tiles, JPEG inside, CMYK, floats)
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
  const file = DEFLATE.includes(page.value(TIFF_TAG.compression) ?? 1)
    ? inflateStrips(bytes, page, tags)
    : bytes;
  const picture = { ...tags, data: undefined } as unknown as utif.IFD;
  utif.decodeImage(Buffer.from(file.buffer, file.byteOffset, file.byteLength), picture);
  const data = utif.toRGBA8(picture);
  return { data, width: picture.width, height: picture.height, channels: 4 };
}

/** RGBA, not compressed. */
export function encodeTiff({ data, width, height }: RgbaRaster): Uint8Array {
  return new Uint8Array(utif.encodeImage(data, width, height));
}

function checkKind(page: TiffPage): void {
  const compression = page.value(TIFF_TAG.compression) ?? 1;
  const photometric = page.value(TIFF_TAG.photometric) ?? 2;
  const known = [...COMPRESSIONS, ...DEFLATE].includes(compression) && PHOTOMETRICS.includes(photometric);
  if (!known) throw unsupported(`is of a kind (compression ${compression}, colours ${photometric})`);
  if (page.value(TIFF_TAG.tileWidth) !== undefined) throw unsupported('is made of tiles');
  if (page.value(TIFF_TAG.planarConfiguration) === 2) throw unsupported('has its colours apart');
  const bits = page.value(TIFF_TAG.bitsPerSample) ?? 1;
  const samples = page.value(TIFF_TAG.samplesPerPixel) ?? 1;
  if (bits > MAX_BITS || samples > MAX_SAMPLES) throw unsupported(`has ${samples} samples of ${bits} bits`);
}

/** Replaces the strips, in `tags` too, by what they unpack to. */
function inflateStrips(bytes: Uint8Array, page: TiffPage, tags: Record<string, number[]>): Uint8Array {
  const bits = (page.value(TIFF_TAG.bitsPerSample) ?? 1) * (page.value(TIFF_TAG.samplesPerPixel) ?? 1);
  const rowBytes = Math.ceil((page.side(TIFF_TAG.width) * bits) / 8);
  const height = page.side(TIFF_TAG.height);
  const rowsPerStrip = Math.min(height, page.value(TIFF_TAG.rowsPerStrip) ?? height);
  const lengths = page.values(TIFF_TAG.stripByteCounts);
  const strips = page
    .values(TIFF_TAG.stripOffsets)
    .slice(0, Math.ceil(height / rowsPerStrip))
    .map((offset, i) => {
      const strip = bytes.subarray(offset, offset + (lengths[i] ?? 0));
      return boundedInflate(strip, rowBytes * rowsPerStrip, 'A strip');
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
