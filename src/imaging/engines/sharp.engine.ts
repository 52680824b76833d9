import type { EncodedImage, Engine, EngineRequest } from '../engine.js';
import type { EngineInfo, StepRunner } from '../engine-info.js';
import { openSource } from './sharp-decode.js';
import { encode } from './sharp-encode.js';
import { sharpFormats } from './sharp-formats.js';
import { sharp } from './sharp-library.js';
import { operate } from './sharp-operate.js';

/**
 * Native code: libvips through sharp, in as few passes as the order of the operations allows. Embedded colour
 * profiles are converted to sRGB, also from CMYK and from 16 bits.
 */
export const sharpEngine: Engine = { name: 'SHARP', info, process };

async function info(): Promise<EngineInfo> {
  const version = `${sharp.versions.sharp} (libvips ${sharp.versions.vips})`;
  return { engine: 'SHARP', version, reads: sharpFormats('input'), writes: sharpFormats('output') };
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const source = await openSource(request, runStep);
  const pass = await operate(source, request.operations, runStep);
  return encode(pass, request, runStep);
}
