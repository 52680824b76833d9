import { type GifFrame, gifFrames, gifLoop, screenSize } from '../headers/gif-header.js';
import type { RgbaRaster } from '../pixels/raster.js';
import { drawFrame } from './gif-decoder.js';

/** Decoded animation; each frame as it is displayed. */
export interface GifAnimation {
  frames: RgbaRaster[];
  /** Display time of each frame, in milliseconds. */
  delay: number[];
  /** Number of plays; 0: endless. */
  loop: number;
}

const CLEAR_AREA = 2;
const RESTORE = 3;
const MS_PER_UNIT = 10;

/** Decodes all frames of a GIF, each composed over the previous ones (GIF89a, section 23). */
export function decodeGifAnimation(bytes: Uint8Array): GifAnimation {
  const frames: RgbaRaster[] = [];
  const delay: number[] = [];
  let screen: RgbaRaster | undefined;
  for (const frame of gifFrames(bytes)) {
    screen ??= emptyScreen(bytes, frame);
    const before = frame.disposal === RESTORE ? screen.data.slice() : undefined;
    drawFrame(bytes, frame, screen);
    frames.push({ ...screen, data: screen.data.slice() });
    delay.push(frame.delay * MS_PER_UNIT);
    if (before) screen.data.set(before);
    else if (frame.disposal === CLEAR_AREA) clear(frame, screen);
  }
  if (frames.length === 0) throw new RangeError('No image');
  return { frames, delay, loop: gifLoop(bytes) };
}

function emptyScreen(bytes: Uint8Array, first: GifFrame): RgbaRaster {
  const { width, height } = screenSize(bytes, first);
  return { data: new Uint8Array(width * height * 4), width, height, channels: 4 };
}

function clear(frame: GifFrame, { data, width, height }: RgbaRaster): void {
  const right = Math.min(width, frame.left + frame.width);
  for (let y = frame.top; y < Math.min(height, frame.top + frame.height); y++) {
    data.fill(0, (y * width + frame.left) * 4, (y * width + right) * 4);
  }
}
