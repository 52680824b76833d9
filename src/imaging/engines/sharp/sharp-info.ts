import type { EngineInfo } from '../../engine-info.js';
import { sharpFormats } from './sharp-formats.js';
import { sharp } from './sharp-library.js';

/** Versions of sharp and libvips, and the formats that this build of libvips reads and writes. */
export async function sharpInfo(): Promise<EngineInfo> {
  const version = `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`;
  return { engine: 'SHARP', version, reads: sharpFormats('input'), writes: sharpFormats('output') };
}
