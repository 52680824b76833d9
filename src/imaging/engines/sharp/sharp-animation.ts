import { decodeGifAnimation } from '../../codecs/gif-animation.js';
import { decodeError } from '../../decode-error.js';
import type { EngineRequest } from '../../engine.js';
import type { StepRunner } from '../../engine-info.js';
import { asRgba, type Raster } from '../../pixels/raster.js';
import { sharp } from './sharp-library.js';
import { begin, decoding, type Pass, type PassContext, pixels } from './sharp-pass.js';

/** Playback parameters of an animation. */
export interface Playback {
  /** Display time of each frame, in milliseconds. */
  delay: number[];
  /** Number of repetitions; 0: endless. */
  loop: number;
}

/** Decodes all frames of an animation. */
export async function decodeFrames(
  { bytes, source }: EngineRequest,
  context: PassContext,
  runStep: StepRunner,
): Promise<{ frames: Pass[]; playback: Playback }> {
  const { width, height, format } = source;
  if (format === 'GIF') return runStep(() => gifFrames(bytes, context));
  const pipeline = sharp(bytes, { pages: -1, failOn: 'error', limitInputPixels: false });
  const pass: Pass = {
    pipeline,
    size: { width, height },
    context,
    last: 'NOTHING',
    opaque: undefined,
    decodes: format,
  };
  const { delay = [], loop = 0 } = await runStep(() => decoding(pass, pipeline.metadata()));
  const roll = await runStep(() => pixels(pass));
  const length = roll.width * height * roll.channels;
  const frames = Array.from({ length: roll.height / height }, (_, i) =>
    begin({ ...roll, height, data: roll.data.subarray(i * length, (i + 1) * length) }, context),
  );
  return { frames, playback: { delay, loop } };
}

/** Decodes a GIF in JavaScript, because libvips uses a wrong size for some files and refuses stray bytes. */
function gifFrames(bytes: Uint8Array, context: PassContext): { frames: Pass[]; playback: Playback } {
  try {
    const { frames, delay, loop } = decodeGifAnimation(bytes);
    return { frames: frames.map((frame) => begin(frame, context)), playback: { delay, loop } };
  } catch (error) {
    throw decodeError('SHARP', 'GIF', error);
  }
}

/**
 * Stacks all frames vertically, the format of sharp for animations. Empties the list, so that each frame is freed
 * after it was copied.
 */
export function joinFrames(frames: Raster[]): Raster {
  const [{ width, height, channels }] = frames as [Raster];
  const sameChannels = frames.every((frame) => frame.channels === channels);
  const of = (frame: Raster) => (sameChannels ? frame : asRgba(frame));
  const length = width * height * (sameChannels ? channels : 4);
  const count = frames.length;
  const data = Buffer.allocUnsafeSlow(length * count);
  for (let i = 0; i < count; i++) data.set(of(frames.shift() as Raster).data, i * length);
  return { data, width, height: height * count, channels: sameChannels ? channels : 4 };
}
