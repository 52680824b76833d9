import type { OutputInfo, Sharp } from 'sharp';
import { decodeError } from '../decode-error.js';
import type { Size } from '../geometry.js';
import type { ImageFormat } from '../image-format.js';
import { type Raster, withoutOpaqueAlpha } from '../pixels/raster.js';
import { sharp } from './sharp-library.js';
import type { SharpTimeLimit } from './sharp-time-limit.js';

/** What sharp does in one pass, in the order in which it does so, whatever the order of the calls (its pipeline.cc). */
export const SHARP_ORDER = ['NOTHING', 'RESIZE', 'BLUR', 'SHARPEN', 'TURN'] as const;
export type SharpStage = (typeof SHARP_ORDER)[number];

/** A pipeline of sharp that has not run yet. */
export interface Pass {
  pipeline: Sharp;
  size: Size;
  time: SharpTimeLimit;
  /** The last stage that it contains. */
  last: SharpStage;
  /** True where no pixel is transparent; undefined: only its pixels tell. */
  opaque: boolean | undefined;
  /** The pixels that it begins with; undefined where it decodes a file. */
  raster?: Raster;
  /** The format that it will decode; undefined where it begins with pixels. */
  decodes?: ImageFormat;
}

/** Begins a pass with pixels; an alpha channel that says nothing is dropped. */
export function begin(raster: Raster, time: SharpTimeLimit): Pass {
  const visible = withoutOpaqueAlpha(raster);
  const { data, width, height, channels } = visible;
  // sharp's own limit is a fixed one; ours has bounded every step.
  const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const opaque = channels % 2 === 1;
  return { pipeline, size: { width, height }, time, last: 'NOTHING', opaque, raster: visible };
}

/** Runs a pass to pixels of 8 bits in sRGB. */
export async function pixels(pass: Pass): Promise<Raster> {
  if (pass.raster && pass.last === 'NOTHING') return pass.raster;
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
