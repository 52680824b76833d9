import { TIFF_TAG, type TiffPage } from '../../headers/tiff-page.js';
import { FAX_COMPRESSIONS, TIFF_COMPRESSIONS } from './tiff-compression.js';
import { COMPRESSION_JPEG, type TiffLayout } from './tiff-layout.js';
import { undoPredictor } from './tiff-predictor.js';

/** An unpacked strip or tile: rows of samples from a corner of the image on. */
export interface TiffPart {
  left: number;
  top: number;
  /** Columns and rows that are stored; those outside of the image are padding. */
  columns: number;
  rows: number;
  /** The first sample of a pixel that is stored here: of a planar image the only one. */
  channel: number;
  /** Samples of each pixel that are stored here. */
  samples: number;
  rowBytes: number;
  data: Uint8Array;
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) reversed |= 0x80 >> bit;
  return reversed;
});

/** Where a strip or tile is, not unpacked. */
export type PackedTiffPart = Omit<TiffPart, 'data'> & { packed: Uint8Array };

/** Yields the strips or tiles of an image, of a planar one those of its colours and of one more channel. */
export function* packedParts(
  bytes: Uint8Array,
  page: TiffPage,
  layout: TiffLayout,
): Generator<PackedTiffPart> {
  const { width, height, partWidth, partHeight, isTiled, planar } = layout;
  const offsets = page.values(isTiled ? TIFF_TAG.tileOffsets : TIFF_TAG.stripOffsets);
  const lengths = page.values(isTiled ? TIFF_TAG.tileByteCounts : TIFF_TAG.stripByteCounts);
  const across = Math.ceil(width / partWidth);
  const perChannel = across * Math.ceil(height / partHeight);
  const channels = planar ? Math.min(layout.samples, layout.colours + 1, 4) : 1;
  for (let i = 0; i < perChannel * channels; i++) {
    const offset = offsets[i];
    if (offset === undefined || offset >= bytes.length) throw new RangeError('A strip is missing');
    const place = i % perChannel;
    const top = Math.floor(place / across) * partHeight;
    const rows = isTiled ? partHeight : Math.min(partHeight, height - top);
    const samples = planar ? 1 : layout.samples;
    yield {
      ...{ left: (place % across) * partWidth, top, columns: partWidth, rows, samples },
      channel: planar ? Math.floor(i / perChannel) : 0,
      rowBytes: Math.ceil((partWidth * layout.bits * samples) / 8),
      packed: bytes.subarray(offset, offset + (lengths[i] ?? bytes.length)),
    };
  }
}

/** Yields the unpacked strips or tiles. */
export function* unpackedParts(bytes: Uint8Array, page: TiffPage, layout: TiffLayout): Generator<TiffPart> {
  const unpack = TIFF_COMPRESSIONS[layout.compression];
  if (!unpack || layout.compression === COMPRESSION_JPEG) throw new RangeError('Unknown compression');
  const t4Options = page.value(TIFF_TAG.t4Options) ?? 0;
  for (const { packed: stored, ...part } of packedParts(bytes, page, layout)) {
    const packed = layout.reversedBits ? stored.map((byte) => REVERSED[byte] as number) : stored;
    const size = sizeOf(part, layout);
    const data = unpack({ packed, size, width: part.columns, height: part.rows, t4Options });
    if (layout.predictor > 1 && !FAX_COMPRESSIONS.includes(layout.compression)) {
      // What is not packed is the file itself, which nobody writes to.
      yield { ...part, data: undoPredictor(layout.compression === 1 ? data.slice() : data, part, layout) };
    } else {
      yield { ...part, data };
    }
  }
}

/** Bytes of a part. YCC stores areas: a luma for each pixel, then the two colours that they share. */
function sizeOf({ columns, rows, rowBytes, samples }: Omit<TiffPart, 'data'>, layout: TiffLayout): number {
  const [horizontal, vertical] = layout.subsampling;
  if (layout.photometric !== 'YCC' || samples < 3 || horizontal * vertical === 1) return rowBytes * rows;
  const areas = Math.ceil(columns / horizontal) * Math.ceil(rows / vertical);
  return areas * (horizontal * vertical + 2);
}
