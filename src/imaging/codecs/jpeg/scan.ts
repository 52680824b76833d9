import { isRestart, MARKER } from '../../headers/jpeg/jpeg-segments.js';
import { BitReader } from './bit-reader.js';
import { blockDecoder } from './blocks.js';
import type { JpegFrame } from './frame.js';
import type { BlockDecoder, ScanComponent, ScanParameters } from './scan-parameters.js';

/** Maximum padding at the end of an interval, in bytes (webcams add a few); more is undecoded data. */
const MAX_SURPLUS_BYTES = 8;

/**
 * Decodes the data of one scan.
 *
 * @param interval units between restart markers; 0: no restart markers
 * @returns the offset of the next marker, or undefined without one
 * @throws RangeError for an invalid code, missing data or surplus data: the image is damaged
 */
export function decodeScan(
  bytes: Uint8Array,
  start: number,
  frame: JpegFrame,
  scan: ScanParameters,
  interval: number,
  decoder = blockDecoder,
): number | undefined {
  const bits = new BitReader(bytes, start);
  const decode = decoder(frame, scan, bits);
  const units = unitsOf(frame, scan);
  let marker: number | undefined;
  for (let unit = 0; unit < units.count; ) {
    const end = interval > 0 ? Math.min(units.count, unit + interval) : units.count;
    decode.reset();
    for (; unit < end; unit++) units.decode(unit, decode);
    marker = endInterval(bytes, bits, end === units.count);
    if (end < units.count) bits.restart((marker as number) + 2);
  }
  for (const { component } of scan.components) component.hasData = true;
  return marker;
}

/** Checks the rest of an interval. A restart marker with an unexpected number is accepted. */
function endInterval(bytes: Uint8Array, bits: BitReader, last: boolean): number | undefined {
  const { marker, surplusBytes, paddedByOnes } = bits.end();
  const code = marker === undefined ? undefined : bytes[marker + 1];
  // Without an end mark, other data may follow the image; then only the padding shows that the data is complete.
  const open = last && (code === undefined || !isKnownAfterScan(code));
  if (surplusBytes > 0 && !paddedByOnes) throw new RangeError('Surplus data after unpadded bits');
  if (surplusBytes > MAX_SURPLUS_BYTES && !open) throw new RangeError('Surplus data in the scan');
  if (!last && (code === undefined || !isRestart(code))) throw new RangeError('A restart marker is missing');
  return marker;
}

/** Markers that an encoder writes after a scan: tables, another scan, application data, comments, the end. */
function isKnownAfterScan(code: number): boolean {
  return code === MARKER.DHT || code >= MARKER.RST0;
}

interface Units {
  count: number;
  decode(unit: number, decoder: BlockDecoder): void;
}

/** A scan of one component goes block by block; one of several goes by the area that a unit covers (T.81, A.2). */
function unitsOf(frame: JpegFrame, { components }: ScanParameters): Units {
  const [only, second] = components;
  if (only && !second) {
    const { blocksAcross, blocksDown, blocksPerRow } = only.component;
    return {
      count: blocksAcross * blocksDown,
      decode: (unit, decoder) => {
        const row = Math.floor(unit / blocksAcross);
        decoder.decode(only, row * blocksPerRow + (unit - row * blocksAcross));
      },
    };
  }
  return {
    count: frame.unitsAcross * frame.unitsDown,
    decode: (unit, decoder) => {
      const row = Math.floor(unit / frame.unitsAcross);
      const column = unit - row * frame.unitsAcross;
      for (const part of components) decodeUnit(part, row, column, decoder);
    },
  };
}

function decodeUnit(part: ScanComponent, row: number, column: number, decoder: BlockDecoder): void {
  const { horizontal, vertical, blocksPerRow } = part.component;
  for (let y = 0; y < vertical; y++) {
    const first = (row * vertical + y) * blocksPerRow + column * horizontal;
    for (let x = 0; x < horizontal; x++) decoder.decode(part, first + x);
  }
}
