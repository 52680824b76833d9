import { TIFF_TAG, type TiffPage } from '../../headers/tiff-page.js';
import { FAX_COMPRESSIONS, TIFF_COMPRESSIONS } from './tiff-compression.js';
import { COMPRESSION_JPEG, type TiffLayout } from './tiff-layout.js';
import { undoPredictor } from './tiff-predictor.js';

/** Decompressed strip or tile: rows of samples, with the position of its top left corner. */
export interface TiffPart {
  left: number;
  top: number;
  /** Stored columns and rows; those outside the image are padding. */
  columns: number;
  rows: number;
  /** Index of the first stored sample of a pixel; for a planar image the only one. */
  channel: number;
  /** Number of stored samples of each pixel. */
  samples: number;
  rowBytes: number;
  data: Uint8Array;
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) reversed |= 0x80 >> bit;
  return reversed;
});

/** Location of a compressed strip or tile. */
export type PackedTiffPart = Omit<TiffPart, 'data'> & { packed: Uint8Array };

/** Yields the strips or tiles of an image; for a planar image, those of its colours and of one extra channel. */
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

/** Yields the decompressed strips or tiles. */
export function* unpackedParts(bytes: Uint8Array, page: TiffPage, layout: TiffLayout): Generator<TiffPart> {
  const unpack = TIFF_COMPRESSIONS[layout.compression];
  if (!unpack || layout.compression === COMPRESSION_JPEG) throw new RangeError('Unknown compression');
  const t4Options = page.value(TIFF_TAG.t4Options) ?? 0;
  for (const { packed: stored, ...part } of packedParts(bytes, page, layout)) {
    const packed = layout.reversedBits ? stored.map((byte) => REVERSED[byte] as number) : stored;
    const size = sizeOf(part, layout);
    const data = unpack({ packed, size, width: part.columns, height: part.rows, t4Options });
    if (layout.predictor > 1 && !FAX_COMPRESSIONS.includes(layout.compression)) {
      // Uncompressed data is a view of the file, which is never modified.
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
