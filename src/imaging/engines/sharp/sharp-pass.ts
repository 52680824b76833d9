import type { OutputInfo, Sharp } from 'sharp';
import { decodeError } from '../../decode-error.js';
import type { Size } from '../../geometry.js';
import type { ImageFormat } from '../../image-format.js';
import type { PixelBuffers } from '../../pixels/pixel-buffers.js';
import { type Raster, withoutOpaqueAlpha } from '../../pixels/raster.js';
import { sharp } from './sharp-library.js';
import type { SharpTimeLimit } from './sharp-time-limit.js';

/** Stages of one pass of sharp in its fixed order, which is independent of the order of the calls (its pipeline.cc). */
export const SHARP_ORDER = ['NOTHING', 'RESIZE', 'BLUR', 'SHARPEN', 'TURN'] as const;
export type SharpStage = (typeof SHARP_ORDER)[number];

/** What all passes of one image share. */
export interface PassContext {
  time: SharpTimeLimit;
  /** Pixels between two passes. */
  buffers: PixelBuffers;
}

/** A pipeline of sharp that has not run yet. */
export interface Pass {
  pipeline: Sharp;
  size: Size;
  context: PassContext;
  /** The last stage that it contains. */
  last: SharpStage;
  /** True if no pixel is transparent; undefined if that requires reading the pixels. */
  opaque: boolean | undefined;
  /** Source pixels; undefined if it decodes a file. */
  raster?: Raster;
  /** Source format; undefined if it starts with pixels. */
  decodes?: ImageFormat;
}

/**
 * Starts a pass with pixels; drops a fully opaque alpha channel.
 *
 * @param raster freed with the other pixels of the image
 */
export function begin(raster: Raster, context: PassContext): Pass {
  const visible = withoutOpaqueAlpha(raster);
  context.buffers.add(raster.data);
  context.buffers.add(visible.data);
  const { data, width, height, channels } = visible;
  // Disables sharp's fixed limit; every step was checked against ours.
  const pipeline = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  const opaque = channels % 2 === 1;
  return { pipeline, size: { width, height }, context, last: 'NOTHING', opaque, raster: visible };
}

/** Runs a pass to pixels of 8 bits in sRGB. */
export async function pixels(pass: Pass): Promise<Raster> {
  if (pass.raster && pass.last === 'NOTHING') return pass.raster;
  const { data, info } = await run(pass, pass.pipeline.toColourspace('srgb').raw());
  pass.context.buffers.add(data);
  return { data, width: info.width, height: info.height, channels: info.channels };
}

export function run(pass: Pass, pipeline: Sharp): Promise<{ data: Buffer; info: OutputInfo }> {
  pass.context.time.apply(pipeline);
  return decoding(pass, pipeline.toBuffer({ resolveWithObject: true }));
}

/** Runs the pass; converts an error of the decoder to an AppError. */
export async function decoding<T>(pass: Pass, outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (thrown) {
    const error = pass.context.time.explain(thrown);
    throw pass.decodes ? decodeError('SHARP', pass.decodes, error) : error;
  }
}
