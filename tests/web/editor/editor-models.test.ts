import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { psnr, squaredError } from '../../../web/editor/comparison/psnr.model.js';
import { fitZoom, nextZoom } from '../../../web/editor/comparison/zoom.model.js';
import { factsOf, KINDS } from '../../../web/editor/pipeline/operations.model.js';
import {
  engineMs,
  NO_PREVIEW,
  type PreviewEvent,
  reducePreview,
} from '../../../web/editor/previews/preview.model.js';
import { colourOf, opacityOf, withOpacity } from '../../../web/editor/steps/colour.model.js';
import { sliderOf } from '../../../web/editor/steps/slider.model.js';
import { assertProperty } from '../../support/property.js';

const RESULT = {
  url: 'blob:1',
  fileUrl: 'blob:1',
  isFirst: false,
  byteSize: 1,
  ms: 1,
  width: 1,
  height: 1,
  format: 'PNG',
};

describe('the preview of an engine', () => {
  it('shows the latest request for any order of the answers', () => {
    const rounds = 5;
    const events: PreviewEvent[] = Array.from({ length: rounds }, (_, index) => [
      { type: 'REQUESTED' as const, round: index + 1 },
      index % 2 === 0
        ? { type: 'ARRIVED' as const, round: index + 1, result: { ...RESULT, byteSize: index + 1 } }
        : { type: 'FAILED' as const, round: index + 1, problem: 'refused' },
    ]).flat();
    assertProperty(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => {
        const last = [...order, ...order].reduce(reducePreview, NO_PREVIEW);
        expect(last).toMatchObject({ round: rounds, status: 'READY', result: { byteSize: rounds } });
      }),
    );
  });

  it('keeps the image before while the next is computed, and drops it when that fails', () => {
    const ready = reducePreview(NO_PREVIEW, { type: 'ARRIVED', round: 1, result: RESULT });
    const loading = reducePreview(ready, { type: 'REQUESTED', round: 2 });
    expect(loading).toMatchObject({ status: 'LOADING', result: RESULT });
    const failed = reducePreview(loading, { type: 'FAILED', round: 2, problem: 'refused' });
    expect(failed).toMatchObject({ status: 'FAILED', result: undefined, problem: 'refused' });
  });

  it("reads the engine's time from Server-Timing", () => {
    expect(engineMs('engine;dur=12.30, cache;desc=hit')).toBe(12.3);
    expect(engineMs('cache;desc=hit')).toBeUndefined();
    expect(engineMs(null)).toBeUndefined();
  });
});

describe('the sliders', () => {
  const numbers = KINDS.flatMap((kind) =>
    Object.entries(factsOf(kind).parameters).flatMap(([name, field]) =>
      field.type === 'WHOLE' || field.type === 'NUMBER' ? [{ kind, name, field }] : [],
    ),
  );

  it.each(numbers)('of $kind $name gives values within the bounds', ({ kind, name, field }) => {
    assertProperty(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (side, share) => {
          const slider = sliderOf(kind, name, field, { width: side, height: side });
          expect(slider.max).toBeGreaterThan(slider.min);
          const value = slider.toValue(slider.min + share * (slider.max - slider.min));
          expect(value).toBeGreaterThanOrEqual(field.min);
          expect(value).toBeLessThanOrEqual(field.max);
        },
      ),
    );
  });

  it.each(numbers)('of $kind $name keeps its position when it is released', ({ kind, name, field }) => {
    const slider = sliderOf(kind, name, field, { width: 1_000, height: 1_000 });
    assertProperty(
      fc.property(fc.integer({ min: slider.min, max: Math.floor(slider.max) }), (position) => {
        const again = slider.toPosition(slider.toValue(position));
        // Two significant digits are some positions wide at the small end.
        expect(Math.abs(again - position)).toBeLessThanOrEqual((slider.max - slider.min) * 0.05);
      }),
    );
  });
});

describe('the comparison of two results', () => {
  it('is infinite for the same pixels and follows the definition for others', () => {
    const a = Uint8ClampedArray.from([0, 0, 0, 255, 10, 10, 10, 0]);
    const b = Uint8ClampedArray.from([0, 0, 0, 0, 10, 13, 14, 255]);
    expect(psnr(squaredError(a, a), 2)).toBe(Number.POSITIVE_INFINITY);
    expect(squaredError(a, b)).toBe(25);
    expect(psnr(25, 2)).toBeCloseTo(10 * Math.log10(255 ** 2 / (25 / 6)), 10);
  });
});

describe('the zoom', () => {
  const zoom = fc.double({ min: 0.05, max: 16, noNaN: true });
  it('steps up and down by levels, and stops at the ends', () => {
    assertProperty(
      fc.property(zoom, (from) => {
        expect(nextZoom(from, 1)).toBeGreaterThanOrEqual(from);
        expect(nextZoom(from, -1)).toBeLessThanOrEqual(from);
      }),
    );
    expect(nextZoom(16, 1)).toBe(16);
    expect(nextZoom(1, 1)).toBe(1.5);
  });

  it('fits the whole image into its room', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    assertProperty(
      fc.property(side, side, side, side, (width, height, roomWidth, roomHeight) => {
        const scale = fitZoom({ width, height }, { width: roomWidth, height: roomHeight });
        expect(width * scale).toBeLessThanOrEqual(roomWidth * 1.0001);
        expect(height * scale).toBeLessThanOrEqual(roomHeight * 1.0001);
      }),
    );
  });
});

describe('colours', () => {
  it('keep their opacity to the percent', () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
    assertProperty(
      fc.property(hex, fc.integer({ min: 0, max: 100 }), (colour, percent) => {
        const mixed = withOpacity(colour, percent);
        expect(mixed).toMatch(/^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/);
        expect(colourOf(mixed)).toBe(colour);
        expect(opacityOf(mixed)).toBe(percent);
      }),
    );
  });
});
