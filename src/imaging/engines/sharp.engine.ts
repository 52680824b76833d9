import type { OutputInfo, Sharp } from 'sharp';
import { decodeBmp } from '../codecs/bmp-decoder.js';
import { encodeBmp } from '../codecs/bmp-encoder.js';
import { decodeError } from '../decode-error.js';
import type { EncodedImage, Engine, EngineRequest } from '../engine.js';
import type { EngineInfo, StepRunner } from '../engine-info.js';
import { shown } from '../inspect-image.js';
import type { ImageFormat } from '../operation.js';
import { quarterTurns, resizePlan, type Size, sizeAfter } from '../output-size.js';
import { grayscale } from '../pixels/grayscale.js';
import type { Raster } from '../pixels/raster.js';
import { unsharpKernel } from '../pixels/unsharp-mask.js';
import { drawWatermark } from '../pixels/watermark.js';
import { encodeAs, sharpFormats } from './sharp-formats.js';
import { sharp } from './sharp-library.js';
import { type KernelOperation, planStages, type SharpOperation } from './sharp-stages.js';
import { SharpTimeLimit } from './sharp-time-limit.js';

const OPAQUE_FORMATS: readonly ImageFormat[] = ['JPEG', 'BMP'];
/** What can have more than 8 bits a channel in RGB. */
const DEEP_FORMATS: readonly ImageFormat[] = ['PNG', 'TIFF', 'AVIF'];
/** Below this share of its peak the Gaussian is cut off; sharp's default, 0.2, blurs visibly less than asked. */
const BLUR_CUT_OFF = 0.02;

/**
 * Native code: libvips through sharp, in as few passes as the order of the operations allows. Embedded colour
 * profiles are converted to sRGB, also from CMYK and from 16 bits.
 */
export const sharpEngine: Engine = { name: 'SHARP', info, process };

async function info(): Promise<EngineInfo> {
  const version = `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`;
  return { engine: 'SHARP', version, reads: sharpFormats('input'), writes: sharpFormats('output') };
}

/** A pipeline that has not run yet. */
interface Pass {
  pipeline: Sharp;
  size: Size;
  time: SharpTimeLimit;
  /** Its last operation. */
  last?: SharpOperation;
  /** What it will decode; undefined where it begins with pixels. */
  decodes?: ImageFormat;
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  let pass = await open(request, runStep);
  for (const stage of planStages(request.operations)) {
    const before = pass;
    if (stage.kind === 'KERNEL') {
      const raster = await runStep(() => pixels(before));
      await runStep(() => runKernel(raster, stage.operation));
      pass = begin(raster, before.time);
    } else {
      if (before.last) pass = begin(await runStep(() => pixels(before)), before.time);
      for (const operation of stage.operations) add(pass, operation);
    }
  }
  return encode(pass, request, runStep);
}

async function open(request: EngineRequest, runStep: StepRunner): Promise<Pass> {
  const { bytes, source, limits } = request;
  const time = new SharpTimeLimit(request.timeLimitMs);
  if (source.format === 'BMP') return begin(await runStep(() => decodeOwn(bytes)), time);
  const options = { autoOrient: true, failOn: 'warning', limitInputPixels: limits.maxPixels } as const;
  const pass: Pass = { pipeline: sharp(bytes, options), size: shown(source), time, decodes: source.format };
  if (DEEP_FORMATS.includes(source.format)) await runStep(() => convertDeepToSrgb(pass));
  return pass;
}

/**
 * sharp converts RGB of 16 bits that has a profile to Display P3 and not to sRGB (its pipeline.cc), which our own
 * 8 bits of sRGB would take over number by number: such a picture is brought to 8 bits before its profile is applied.
 */
async function convertDeepToSrgb(pass: Pass): Promise<void> {
  const { space, hasProfile } = await decoding(pass, pass.pipeline.metadata());
  if (space === 'rgb16' && hasProfile) pass.pipeline.pipelineColourspace('srgb');
}

function decodeOwn(bytes: Uint8Array): Raster {
  try {
    return decodeBmp(bytes);
  } catch (error) {
    throw decodeError('SHARP', 'BMP', error);
  }
}

function begin({ data, width, height, channels }: Raster, time: SharpTimeLimit): Pass {
  // Its own limit is a fixed one; ours has bounded every step.
  const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  return { pipeline, size: { width, height }, time };
}

function add(pass: Pass, operation: SharpOperation): void {
  const { pipeline, size } = pass;
  switch (operation.kind) {
    case 'RESIZE': {
      const { result } = resizePlan(size, operation.params);
      pipeline.resize(result.width, result.height, {
        fit: operation.params.fit === 'COVER' ? 'cover' : 'fill',
      });
      break;
    }
    case 'BLUR':
      pipeline.blur({ sigma: operation.params.sigma, precision: 'integer', minAmplitude: BLUR_CUT_OFF });
      break;
    case 'SHARPEN':
      if (operation.params.amount === 0) break;
      pipeline.convolve({ width: 3, height: 3, ...unsharpKernel(operation.params.amount) });
      break;
    case 'ROTATE':
      pipeline.rotate(operation.params.degrees, { background: operation.params.background });
      break;
  }
  pass.size = sizeAfter(size, operation);
  pass.last = operation;
}

function runKernel(raster: Raster, operation: KernelOperation): void {
  if (operation.kind === 'GRAYSCALE') grayscale(raster);
  else drawWatermark(raster, operation.params);
}

async function encode(pass: Pass, { output }: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const { format, quality } = output;
  const flattens = OPAQUE_FORMATS.includes(format);
  // sharp flattens first of all, which is too early for the corners that a rotation adds; and it writes a TIFF in
  // the numbers that it computes in, floats after a convolution.
  const needsPixels = (flattens && makesCorners(pass.last)) || format === 'TIFF';
  const last = needsPixels ? begin(await runStep(() => pixels(pass)), pass.time) : pass;
  if (flattens) last.pipeline.flatten({ background: '#ffffff' });
  if (format === 'BMP') {
    const raster = await runStep(() => pixels(last));
    const { width, height } = raster;
    return { bytes: await runStep(() => encodeBmp(raster)), width, height };
  }
  const { data, info } = await runStep(() => run(last, encodeAs(last.pipeline, format, quality)));
  return { bytes: data, width: info.width, height: info.height };
}

function makesCorners(operation: SharpOperation | undefined): boolean {
  return operation?.kind === 'ROTATE' && quarterTurns(operation.params.degrees) === undefined;
}

/** Runs a pass to pixels of 8 bits in sRGB. */
async function pixels(pass: Pass): Promise<Raster> {
  const { data, info } = await run(pass, pass.pipeline.toColourspace('srgb').raw());
  return { data, width: info.width, height: info.height, channels: info.channels };
}

function run(pass: Pass, pipeline: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  pass.time.apply(pipeline);
  return decoding(pass, pipeline.toBuffer({ resolveWithObject: true }));
}

/** The outcome; an error of the decoder as a typed one. */
async function decoding<T>(pass: Pass, outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (thrown) {
    const error = pass.time.explain(thrown);
    throw pass.decodes ? decodeError('SHARP', pass.decodes, error) : error;
  }
}
