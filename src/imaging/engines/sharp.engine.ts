import type { EncodedImage, Engine, EngineRequest } from '../engine.js';
import type { EngineInfo, StepRunner } from '../engine-info.js';
import { operate } from './operate.js';
import { decodeFrames } from './sharp-animation.js';
import { openSource } from './sharp-decode.js';
import { encode } from './sharp-encode.js';
import { sharpFormats } from './sharp-formats.js';
import { sharp } from './sharp-library.js';
import { SharpOperator } from './sharp-operator.js';
import { SharpTimeLimit } from './sharp-time-limit.js';

/**
 * Native code: libvips through sharp, in as few passes as the order of the operations allows. Embedded colour
 * profiles are converted to sRGB, also from CMYK and from 16 bits.
 */
export const sharpEngine: Engine = { name: 'SHARP', keepsAnimations: true, info, process };

async function info(): Promise<EngineInfo> {
  const version = `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`;
  return { engine: 'SHARP', version, reads: sharpFormats('input'), writes: sharpFormats('output') };
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const time = new SharpTimeLimit(request.timeLimitMs);
  const operator = new SharpOperator(time, runStep);
  if (request.frames === 1) {
    const source = await openSource(request, time, runStep);
    return encode(await operate([source], request, operator, runStep), undefined, request, runStep);
  }
  const { frames, playback } = await decodeFrames(request, time, runStep);
  return encode(await operate(frames, request, operator, runStep), playback, request, runStep);
}
