import { createHash } from 'node:crypto';
import type { ImageEngineName } from '../../../imaging/engine-name.js';
import type { ImageFormat } from '../../../imaging/image-format.js';
import type { Operation } from '../../../imaging/operation.js';

/** What makes a variant of an image; part of its signed address. */
export interface Recipe {
  operations: readonly Operation[];
  engine: ImageEngineName;
  /** The client's Accept header chooses the format. */
  autoFormat: boolean;
  /** The focal point when the address was signed; null if no operation uses it. */
  focalPoint: { x: number; y: number } | null;
}

/** Largest recipe in bytes of JSON: it has to fit into an address. */
export const MAX_RECIPE_BYTES = 4_096;

/** Returns the recipe as text for an address. Equal recipes have equal texts, whatever the order of parameters. */
export function encodeRecipe({ operations, engine, autoFormat, focalPoint }: Recipe): {
  text: string;
  bytes: number;
} {
  const steps = operations.map(({ kind, params }) => [kind, sorted(params)]);
  const point = focalPoint && [focalPoint.x, focalPoint.y];
  const json = Buffer.from(JSON.stringify([engine, autoFormat, steps, point]));
  return { text: json.toString('base64url'), bytes: json.byteLength };
}

/** Returns the recipe of an address whose signature has been verified. */
export function decodeRecipe(text: string): Recipe {
  const [engine, autoFormat, steps, point] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
    ImageEngineName,
    boolean,
    [string, object][],
    [number, number] | null,
  ];
  const operations = steps.map(([kind, params]) => ({ kind, params }) as Operation);
  return { operations, engine, autoFormat, focalPoint: point && { x: point[0], y: point[1] } };
}

/** Returns the cache key of a variant. `formats`: those that the Accept header allows, best first. */
export function variantKey(imageId: string, recipe: string, formats: readonly ImageFormat[]): string {
  return createHash('sha256').update(`${imageId} ${recipe} ${formats.join()}`).digest('hex');
}

function sorted(params: object): object {
  return Object.fromEntries(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));
}
