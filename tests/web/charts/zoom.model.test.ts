import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WHOLE, type ZoomStep, zoom, zoomed } from '../../../web/charts/zoom.model.js';
import { assertProperty } from '../../support/property.js';

const STEPS: ZoomStep[] = ['IN', 'OUT', 'LEFT', 'RIGHT', 'ALL'];

describe('the zoom of a chart', () => {
  it('stays within the axis, and shows at least a part of it', () => {
    assertProperty(
      fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 30 }), (steps) => {
        const { from, to } = steps.reduce(zoom, WHOLE);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(1 + 1e-9);
        expect(to - from).toBeGreaterThanOrEqual(1 / 64 - 1e-9);
      }),
    );
  });

  it('shows the second half after zooming in and moving on', () => {
    const half = zoom(zoom(WHOLE, 'IN'), 'RIGHT');
    expect(half).toEqual({ from: 0.5, to: 1 });
    expect(zoom(half, 'ALL')).toEqual(WHOLE);
  });

  it('changes fixed ends of x axes, and nothing else', () => {
    const spec = {
      data: { values: [{ x: { scale: { domain: [0, 8] } } }] },
      layer: [
        {
          encoding: {
            x: { field: 'from', scale: { domain: [0, 80], nice: false } },
            y: { scale: { domain: [0, 4] } },
          },
        },
        { encoding: { x: { value: 0 } } },
      ],
    };
    const expected = structuredClone(spec);
    expected.layer[0] = {
      encoding: {
        x: { field: 'from', scale: { domain: [20, 40], nice: false } },
        y: { scale: { domain: [0, 4] } },
      },
    };
    expect(zoomed(spec, { from: 0.25, to: 0.5 })).toEqual(expected);
  });
});
