import { AppError } from '../../../errors.js';
import { DECODERS } from '../../codecs/decode-image.js';
import type { EncodedImage, Engine, EngineRequest } from '../../engine.js';
import type { StepRunner } from '../../engine-info.js';
import { PixelBuffers } from '../../pixels/pixel-buffers.js';
import { operate } from '../operate.js';
import { decodeFrames } from './sharp-animation.js';
import { decodeInJavaScript, openSource } from './sharp-decode.js';
import { encode } from './sharp-encode.js';
import { sharpInfo } from './sharp-info.js';
import { SharpOperator } from './sharp-operator.js';
import { begin, type Pass, type PassContext } from './sharp-pass.js';
import { SharpTimeLimit } from './sharp-time-limit.js';

/**
 * Native code: libvips through sharp, in as few passes as the order of the operations allows. Embedded colour
 * profiles are converted to sRGB, also from CMYK and from 16 bits.
 */
export const sharpEngine: Engine = { name: 'SHARP', keepsAnimations: true, info: sharpInfo, process };

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const context = { time: new SharpTimeLimit(request.timeLimitMs), buffers: new PixelBuffers() };
  const isStill = request.frames === 1;
  const result = await (isStill ? processStill : processAnimation)(request, context, runStep);
  // Not after an error, because native code may still run.
  context.buffers.free();
  return result;
}

async function processStill(
  request: EngineRequest,
  context: PassContext,
  runStep: StepRunner,
): Promise<EncodedImage> {
  const finish = async (source: Pass) => {
    const frames = await operate([source], request, new SharpOperator(context, runStep), runStep);
    return encode(frames, undefined, request, runStep);
  };
  let source: Pass | undefined;
  try {
    source = await openSource(request, context, runStep);
    return await finish(source);
  } catch (error) {
    if (!isDecoderFault(error, source, request)) throw error;
    // libvips gives the same warning for surplus bytes, which browsers ignore, and for missing pixels; our decoders
    // distinguish them.
    const raster = await runStep(() => decodeInJavaScript(request)).catch((again) => {
      // Without a cause it is a kind of file that libvips may read: libvips then says what is wrong.
      throw again instanceof AppError && again.cause === undefined ? error : again;
    });
    return finish(begin(raster, context));
  }
}

async function processAnimation(
  request: EngineRequest,
  context: PassContext,
  runStep: StepRunner,
): Promise<EncodedImage> {
  const { frames, playback } = await decodeFrames(request, context, runStep);
  const results = await operate(frames, request, new SharpOperator(context, runStep), runStep);
  return encode(results, playback, request, runStep);
}

/** True if libvips could not decode a file that the JavaScript decoders may read. */
function isDecoderFault(error: unknown, opened: Pass | undefined, { source }: EngineRequest): boolean {
  const isFault = error instanceof AppError && error.code === 'UNSUPPORTED_MEDIA';
  return isFault && (!opened || opened.decodes !== undefined) && source.format in DECODERS;
}
