import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, type GraphQLInputObjectType, parseValue, valueFromAST } from 'graphql';
import type { OperationInput } from '../../src/api/images/operation.input.js';
import { toOperations } from '../../src/api/images/operation.input.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import type { OperationKind } from '../../src/imaging/operation.js';
import { processImage } from '../../src/imaging/process-image.js';
import { drawScene, type Scene } from './scene.js';

/** One request of the page on operations, with the image that it is applied to. */
export interface OperationExample {
  /** File name of the result in docs/images/operations, without extension. */
  name: string;
  /** The request as in a GraphQL document. */
  input: string;
  /** What the image shows, where the request does not say it. */
  note?: string;
  source?: Scene;
}

/** Examples by the field of `OperationInput`. A field without an example fails the test of the page. */
export const EXAMPLES: Readonly<Record<Lowercase<OperationKind>, readonly OperationExample[]>> = {
  resize: [
    {
      name: 'resize-fill',
      input: '{ resize: { width: 240, height: 240, fit: FILL } }',
      note: 'stretches, so the boat becomes narrow',
    },
    {
      name: 'resize-cover',
      input: '{ resize: { width: 240, height: 240, fit: COVER } }',
      note: 'fills the box and cuts the rest off',
    },
    {
      name: 'resize-cover-gravity',
      input: '{ resize: { width: 240, height: 240, fit: COVER, gravity: RIGHT } }',
      note: 'keeps the right side',
    },
    {
      name: 'resize-contain',
      input: '{ resize: { width: 240, height: 240, fit: CONTAIN } }',
      note: 'fits into the box; the result is 240x160',
    },
  ],
  crop: [
    { name: 'crop-box', input: '{ crop: { width: 200, height: 200, x: 90, y: 110 } }' },
    {
      name: 'crop-gravity',
      input: '{ crop: { width: 240, height: 160, gravity: TOP_RIGHT } }',
      note: 'cuts out the top right corner',
    },
  ],
  flip: [
    { name: 'flip-horizontal', input: '{ flip: { axis: HORIZONTAL } }' },
    { name: 'flip-vertical', input: '{ flip: { axis: VERTICAL } }' },
  ],
  rotate: [
    { name: 'rotate-90', input: '{ rotate: { degrees: 90 } }' },
    {
      name: 'rotate-15',
      input: '{ rotate: { degrees: 15, background: "#ffffff" } }',
      note: 'the result is large enough for the whole image',
    },
  ],
  trim: [{ name: 'trim', input: '{ trim: {} }', source: 'BADGE', note: 'removes the transparent border' }],
  extend: [
    {
      name: 'extend',
      input: '{ extend: { top: 20, right: 20, bottom: 60, left: 20, background: "#f6efe1" } }',
    },
  ],
  blur: [{ name: 'blur', input: '{ blur: { sigma: 5 } }' }],
  sharpen: [{ name: 'sharpen', input: '{ sharpen: { amount: 4 } }' }],
  grayscale: [{ name: 'grayscale', input: '{ grayscale: true }' }],
  modulate: [
    { name: 'modulate', input: '{ modulate: { brightness: 1.1, saturation: 1.8 } }' },
    { name: 'modulate-hue', input: '{ modulate: { hue: 120 } }' },
  ],
  watermark: [
    { name: 'watermark', input: '{ watermark: { text: "© Ada", position: BOTTOM_LEFT, opacity: 0.8 } }' },
  ],
  convert: [
    {
      name: 'convert-quality',
      input: '{ convert: { format: WEBP, quality: 5 } }',
      note: 'a low quality, to be visible',
    },
    {
      name: 'convert-max-bytes',
      input: '{ convert: { format: WEBP, maxBytes: 4000 } }',
      note: 'the best quality that fits into 4,000 bytes',
    },
  ],
};

/** Width of the source images in pixels; their height is two thirds of it. */
export const SOURCE_WIDTH = 480;

const root = new URL('../../../', import.meta.url);
export const SCHEMA = buildSchema(readFileSync(fileURLToPath(new URL('schema.graphql', root)), 'utf8'));
export const OPERATION_INPUT = SCHEMA.getType('OperationInput') as GraphQLInputObjectType;

/** Computes an example on SHARP, as WEBP. */
export async function runExample({ input, source = 'LANDSCAPE' }: OperationExample): Promise<Uint8Array> {
  const asked = valueFromAST(parseValue(input), OPERATION_INPUT) as OperationInput | undefined;
  if (asked === undefined) throw new Error(`Not an OperationInput: ${input}`);
  const operations = toOperations([asked], 'operations');
  if (operations[0]?.kind !== 'CONVERT')
    operations.push({ kind: 'CONVERT', params: { format: 'WEBP', quality: 80 } });
  const bytes = await drawScene(source, SOURCE_WIDTH);
  return (await processImage(bytes, { engine: 'SHARP', operations, limits: DEFAULT_IMAGING_LIMITS })).bytes;
}
