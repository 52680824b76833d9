/** Sliders for number parameters: a useful part of the allowed range, even or logarithmic. */
import type { Size } from '../../../src/imaging/geometry.js';
import type { OperationKind } from '../../api/generated/graphql.js';
import type { NumberField } from '../pipeline/operations.model.js';

/** A range input. Its positions are values, or steps of a logarithmic scale. */
export interface Slider {
  min: number;
  max: number;
  step: number;
  toPosition(value: number): number;
  toValue(position: number): number;
}

interface Span {
  min?: number;
  max?: number;
  step?: number;
  logarithmic?: boolean;
  /** The slider reaches as far as this side of the image. Default, for pixels: the longer one. */
  side?: keyof Size;
}

/** Positions of a logarithmic slider. */
const POSITIONS = 200;

/** The useful part of a range, where it is smaller than what is allowed. */
const SPANS: Partial<Record<OperationKind, Readonly<Record<string, Span>>>> = {
  CROP: { width: { side: 'width' }, height: { side: 'height' }, x: { side: 'width' }, y: { side: 'height' } },
  BLUR: { sigma: { logarithmic: true } },
  SHARPEN: { amount: { step: 0.1 } },
  ROTATE: { degrees: { min: -180, max: 180, step: 1 } },
  WATERMARK: { opacity: { step: 0.01 } },
  CONVERT: { maxBytes: { min: 1_000, max: 10_000_000, logarithmic: true } },
  TRIM: { threshold: { step: 1 } },
  MODULATE: {
    brightness: { max: 3, step: 0.01 },
    saturation: { max: 3, step: 0.01 },
    contrast: { max: 3, step: 0.01 },
    hue: { min: -180, max: 180, step: 1 },
  },
};

/** Sides in pixels beyond what any screen shows are typed, not slid. */
const LONGEST_SIDE = 4_096;

/** @param size of the image at this step, in pixels: sliders of sides reach as far as it */
export function sliderOf(kind: OperationKind, name: string, field: NumberField, size: Size): Slider {
  const span = SPANS[kind]?.[name] ?? {};
  const side = span.side ? size[span.side] : Math.max(size.width, size.height);
  const isSide = field.type === 'WHOLE' && field.max > LONGEST_SIDE && span.max === undefined;
  const min = span.min ?? field.min;
  const max = span.max ?? (isSide ? Math.min(field.max, Math.max(side, min + 1)) : field.max);
  if (!span.logarithmic) {
    const same = (value: number) => value;
    return {
      min,
      max,
      step: span.step ?? (field.type === 'WHOLE' ? 1 : 0.1),
      toPosition: same,
      toValue: same,
    };
  }
  const ratio = Math.log(max / min);
  return {
    min: 0,
    max: POSITIONS,
    step: 1,
    toPosition: (value) => Math.round((Math.log(Math.max(min, value) / min) / ratio) * POSITIONS),
    toValue: (position) => rounded(min * Math.exp((position / POSITIONS) * ratio), field),
  };
}

/** Two significant digits; within the bounds. */
function rounded(value: number, { type, min, max }: NumberField): number {
  const digits = type === 'WHOLE' ? Math.round(value) : Number(value.toPrecision(2));
  return Math.min(max, Math.max(min, digits));
}
