import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import { joinJpeg, jpegParts } from './jpeg-segments.js';
import type { Pixels } from './test-images.js';

/** Rows of an interval: one row of blocks at full chroma resolution. */
export const INTERVAL_ROWS = 8;

/** A JPEG taken apart at its restart markers. */
export interface RestartJpeg {
  /** The data of each interval, without markers. */
  intervals: Buffer[];
  /** Joins intervals, with the numbers of the restart markers between them; default: 0, 1, 2 … */
  join(intervals: readonly Buffer[], numbers?: (index: number) => number): Buffer;
}

/**
 * Encodes each row of blocks as a JPEG of its own, with the tables that all share, and puts them together with a restart
 * marker between two: sharp writes none.
 */
export async function restartJpeg({ data, width, height }: Pixels): Promise<RestartJpeg> {
  const rowBytes = width * 4 * INTERVAL_ROWS;
  const strips = await Promise.all(
    Array.from({ length: height / INTERVAL_ROWS }, async (_, i) => {
      const strip = data.subarray(i * rowBytes, (i + 1) * rowBytes);
      const bytes = await sharp(strip, { raw: { width, height: INTERVAL_ROWS, channels: 4 } })
        .removeAlpha()
        .jpeg({ quality: 95, chromaSubsampling: '4:4:4', optimiseCoding: false })
        .toBuffer();
      return jpegParts(bytes);
    }),
  );
  const [first] = strips as [(typeof strips)[number]];
  const segments = first.segments.map((segment) => Buffer.from(segment));
  for (const segment of segments) if (segment[1] === 0xc0) segment.writeUInt16BE(height, 5);
  const interval = Buffer.from([0xff, 0xdd, 0, 4, 0, width / 8]);
  return {
    intervals: strips.map(({ rest }) => rest.subarray(0, -2)),
    join: (intervals, numbers = (index) => index) => {
      const parts = intervals.flatMap((each, i) =>
        i === 0 ? [each] : [Buffer.from([0xff, 0xd0 + (numbers(i - 1) % 8)]), each],
      );
      const rest = Buffer.concat([...parts, Buffer.from([0xff, 0xd9])]);
      return joinJpeg({ segments: [...segments, interval], scan: first.scan, rest });
    },
  };
}
