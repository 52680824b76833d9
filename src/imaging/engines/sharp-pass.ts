import type { OutputInfo, Sharp } from 'sharp';
import { decodeError } from '../decode-error.js';
import type { ImageFormat } from '../operation.js';
import type { Size } from '../output-size.js';
import type { Raster } from '../pixels/raster.js';
import { sharp } from './sharp-library.js';
import type { SharpOperation } from './sharp-stages.js';
import type { SharpTimeLimit } from './sharp-time-limit.js';

/** A pipeline that has not run yet. */
export interface Pass {
  pipeline: Sharp;
  size: Size;
  time: SharpTimeLimit;
  /** Its last operation. */
  last?: SharpOperation;
  /** What it will decode; undefined where it begins with pixels. */
  decodes?: ImageFormat;
}

export function begin({ data, width, height, channels }: Raster, time: SharpTimeLimit): Pass {
  // Its own limit is a fixed one; ours has bounded every step.
  const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  return { pipeline, size: { width, height }, time };
}

/** Runs a pass to pixels of 8 bits in sRGB. */
export async function pixels(pass: Pass): Promise<Raster> {
  const { data, info } = await run(pass, pass.pipeline.toColourspace('srgb').raw());
  return { data, width: info.width, height: info.height, channels: info.channels };
}

export function run(pass: Pass, pipeline: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  pass.time.apply(pipeline);
  return decoding(pass, pipeline.toBuffer({ resolveWithObject: true }));
}

/** The outcome; an error of the decoder as a typed one. */
export async function decoding<T>(pass: Pass, outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (thrown) {
    const error = pass.time.explain(thrown);
    throw pass.decodes ? decodeError('SHARP', pass.decodes, error) : error;
  }
}
