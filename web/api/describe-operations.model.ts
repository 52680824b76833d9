/** Stored operations in words. */
import type { OperationKind } from './generated/graphql.js';

type Params = Readonly<Record<string, unknown>>;

const WORDS: Readonly<Record<OperationKind, (params: Params) => string>> = {
  RESIZE: ({ width, height }) => `resize ${width ?? 'auto'} × ${height ?? 'auto'}`,
  BLUR: ({ sigma }) => `blur ${sigma}`,
  SHARPEN: ({ amount }) => `sharpen ${amount}`,
  GRAYSCALE: () => 'grayscale',
  ROTATE: ({ degrees }) => `rotate ${degrees}°`,
  WATERMARK: ({ text }) => `watermark “${text}”`,
  CONVERT: ({ format, quality }) =>
    `${format}${quality === undefined || quality === null ? '' : ` ${quality}`}`,
  CROP: ({ width, height }) => `crop ${width} × ${height}`,
  FLIP: ({ axis }) => (axis === 'VERTICAL' ? 'flip vertically' : 'flip'),
  TRIM: () => 'trim',
  EXTEND: () => 'borders',
  MODULATE: () => 'colours',
};

/** One line for a pipeline: `Resize 800 × auto, blur 2, WEBP 80`. */
export function describeOperations(operations: readonly { kind: OperationKind; params: Params }[]): string {
  const text = operations.map(({ kind, params }) => WORDS[kind](params)).join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
