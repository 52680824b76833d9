import { headSegments, isFrame, MARKER, nextSegment } from '../../headers/jpeg/jpeg-segments.js';
import type { RgbaRaster } from '../../pixels/raster.js';
import { blockChecker, blockDecoder, transformAll } from './blocks.js';
import { JpegTables } from './decoder-tables.js';
import { type JpegFrame, readFrame } from './frame.js';
import { type ColourModel, toPixels } from './jpeg-pixels.js';
import { decodeScan } from './scan.js';

/**
 * Maximum number of scans. Encoders write about ten; each one processes all blocks, so a small file could require
 * hours.
 */
const MAX_SCANS = 100;

/** Pixels of a JPEG; four channels of CMYK (0: no ink, 255: full) if `keepCmyk` is set. */
export interface JpegPixels {
  raster: RgbaRaster;
  isCmyk: boolean;
}

export interface JpegOptions {
  keepCmyk?: boolean;
  model?: ColourModel;
}

/**
 * Decodes a JPEG: baseline, extended and progressive, 8 bits a sample, grayscale, YCbCr, RGB, CMYK and YCCK. Reads
 * what browsers read (stray bytes, missing tables of webcams, no end mark), and refuses what is damaged: an image of
 * which a part is missing, or whose data does not end where it should.
 *
 * Takes typed arrays of one byte a sample, two more while a progressive image is read, and four bytes a pixel.
 *
 * @param keepCmyk returns CMYK unchanged, to be converted by a profile
 * @param model meaning of the channels given by the container; default: by the markers of the file
 * @throws RangeError for damage, AppError UNSUPPORTED_MEDIA for arithmetic or lossless coding and other depths
 */
export function decodeJpeg(bytes: Uint8Array, { keepCmyk, model }: JpegOptions = {}): JpegPixels {
  const tables = new JpegTables();
  const frame = decodeScans(bytes, tables);
  for (const component of frame.components) {
    transformAll(component, tables.quantisation(component.quantTable));
  }
  const isCmyk = keepCmyk === true && frame.components.length === 4;
  return { raster: toPixels(frame, model ?? colourModel(frame, tables), isCmyk), isCmyk };
}

/**
 * Reads the codes of a sequential JPEG without decoding its pixels, in a fraction of the time. libjpeg does not look at
 * data that is left over after the last block, which is how most damage in detailed images shows. Progressive JPEGs are
 * not read: libjpeg reads all of them.
 *
 * @throws as {@link decodeJpeg}
 */
export function checkJpegScans(bytes: Uint8Array): void {
  for (const { marker } of headSegments(bytes)) if (marker === MARKER.SOF2) return;
  decodeScans(bytes, new JpegTables(), (_, scan, bits) => blockChecker(scan, bits));
}

function decodeScans(bytes: Uint8Array, tables: JpegTables, decoder = blockDecoder): JpegFrame {
  let frame: JpegFrame | undefined;
  let scans = 0;
  for (let at: number | undefined = 2; at !== undefined; ) {
    const segment = nextSegmentOf(bytes, at, frame);
    if (!segment || segment.marker === MARKER.EOI) break;
    at = segment.end;
    if (isFrame(segment.marker)) {
      if (frame) throw new RangeError('Two frames');
      frame = readFrame(segment.marker, segment.data);
    } else if (segment.marker === MARKER.SOS) {
      if (!frame) throw new RangeError('A scan without a frame');
      if (++scans > MAX_SCANS) throw new RangeError('Too many scans');
      const scan = tables.scan(frame, segment.data);
      at = decodeScan(bytes, segment.end, frame, scan, tables.restartInterval, decoder);
      // Data after the last sample is not part of the image; often it is data of the camera's maker.
      if (!frame.progressive && frame.components.every(({ hasData }) => hasData)) break;
    } else {
      tables.read(segment);
    }
  }
  if (!frame || frame.components.some(({ hasData }) => !hasData)) throw new RangeError('Samples are missing');
  return frame;
}

/** After complete scans of a progressive image, data may follow that is not a segment. */
function nextSegmentOf(bytes: Uint8Array, at: number, frame: JpegFrame | undefined) {
  try {
    return nextSegment(bytes, at);
  } catch (error) {
    if (error instanceof RangeError && frame?.components.every(({ hasData }) => hasData)) return undefined;
    throw error;
  }
}

/** As libjpeg and browsers decide: JFIF, then Adobe's marker, then the names of the channels. */
function colourModel(frame: JpegFrame, { hasJfif, adobeTransform }: JpegTables): ColourModel {
  const names = String.fromCharCode(...frame.components.map(({ id }) => id));
  switch (frame.components.length) {
    case 1:
      return 'GRAY';
    case 3:
      if (hasJfif) return 'YCC';
      if (adobeTransform !== undefined) return adobeTransform === 0 ? 'RGB' : 'YCC';
      return names === 'RGB' ? 'RGB' : 'YCC';
    default:
      return adobeTransform === undefined || adobeTransform === 0 ? 'CMYK' : 'YCCK';
  }
}
