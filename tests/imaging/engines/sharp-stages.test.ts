import { describe, expect, it } from '@jest/globals';
import type { PixelOperation } from '../../../src/imaging/engine.js';
import { planStages } from '../../../src/imaging/engines/sharp-stages.js';

const operations: Record<string, PixelOperation> = {
  resize: { kind: 'RESIZE', params: { width: 9, fit: 'FILL' } },
  blur: { kind: 'BLUR', params: { sigma: 1 } },
  sharpen: { kind: 'SHARPEN', params: { amount: 1 } },
  rotate: { kind: 'ROTATE', params: { degrees: 90, background: '#000000' } },
  grayscale: { kind: 'GRAYSCALE', params: {} },
  watermark: { kind: 'WATERMARK', params: { text: 'a', position: 'CENTER', opacity: 1 } },
};

/** `resize+blur | [watermark]`: passes of sharp, and in brackets what is done over its pixels. */
function plan(chain: string): string {
  const stages = planStages(chain.split(' ').map((name) => operations[name] as PixelOperation));
  return stages
    .map((stage) =>
      stage.kind === 'PASS'
        ? stage.operations.map(({ kind }) => kind.toLowerCase()).join('+')
        : `[${stage.operation.kind.toLowerCase()}]`,
    )
    .join(' | ');
}

describe('planStages', () => {
  it.each([
    ['resize blur sharpen watermark', 'resize+blur+sharpen | [watermark]'],
    ['resize sharpen', 'resize+sharpen'],
    ['blur resize', 'blur | resize'],
    ['sharpen blur resize', 'sharpen | blur | resize'],
    ['blur blur', 'blur | blur'],
    ['resize resize blur', 'resize | resize+blur'],
    ['resize rotate blur', 'resize | rotate | blur'],
    ['rotate rotate', 'rotate | rotate'],
    ['watermark resize blur grayscale sharpen', '[watermark] | resize+blur | [grayscale] | sharpen'],
  ])('%s becomes %s', (chain, expected) => {
    expect(plan(chain)).toBe(expected);
  });
});
