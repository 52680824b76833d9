import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ComputeRequest } from '../../../src/execution/compute.js';
import { ImagePricing } from '../../../src/execution/host/image-cost.js';
import { pixelMemoryLimit } from '../../../src/execution/host/memory-estimate.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../../../src/imaging/engine-name.js';
import { IMAGE_FORMATS, type ImageFormat } from '../../../src/imaging/image-format.js';
import { assertProperty } from '../../support/property.js';

const MEBIBYTE = 2 ** 20;
const HOST = { workers: 2, imagesInFlight: 4, hostMemoryMb: 3_072 };

interface Wanted {
  engine: ImageEngineName;
  side?: number;
  format?: ImageFormat;
  convert?: ImageFormat | undefined;
}

const request = ({ engine, side = 1_000, format = 'JPEG', convert }: Wanted): ComputeRequest => ({
  ...{ sourceKey: 'a', resultKey: 'b', owner: 'c', engine },
  source: { format, width: side, height: side, frames: 1 },
  operations: convert ? [{ kind: 'CONVERT', params: { format: convert } }] : [],
});

/** Images like this one that run at the same time. */
const atOnce = (wanted: Wanted, settings = HOST) => {
  const pricing = new ImagePricing(settings);
  return pricing.slots / pricing.costOf(request(wanted)).slots;
};

describe('images in flight', () => {
  it.each<[string, Wanted, number]>([
    ['on SHARP', { engine: 'SHARP' }, 4],
    ['on JIMP', { engine: 'JIMP' }, 2],
    ['on SHARP, written as AVIF', { engine: 'SHARP', convert: 'AVIF' }, 2],
    ['on SHARP, AVIF kept', { engine: 'SHARP', format: 'AVIF' }, 2],
    ['on SHARP, from AVIF to JPEG', { engine: 'SHARP', format: 'AVIF', convert: 'JPEG' }, 4],
    ['on SHARP, 36 megapixels', { engine: 'SHARP', side: 6_000 }, 2],
    ['on SHARP, 25 megapixels', { engine: 'SHARP', side: 5_000 }, 4],
  ])('%s', (_, wanted, expected) => {
    expect(atOnce(wanted)).toBe(expected);
  });

  it('are as many as workers where that is set', () => {
    for (const engine of IMAGE_ENGINES) expect(atOnce({ engine }, { ...HOST, imagesInFlight: 2 })).toBe(2);
  });

  const settings = fc
    .record({ workers: fc.integer({ min: 1, max: 128 }), extra: fc.nat(400), hostMemoryMb: fc.nat(100_000) })
    .map(({ workers, extra, hostMemoryMb }) => ({
      ...{ workers, imagesInFlight: workers + extra, hostMemoryMb: 256 + hostMemoryMb },
    }));
  const wanted = fc.record({
    engine: fc.constantFrom(...IMAGE_ENGINES),
    side: fc.integer({ min: 1, max: 7_000 }),
    format: fc.constantFrom(...IMAGE_FORMATS),
    convert: fc.option(fc.constantFrom(...IMAGE_FORMATS), { nil: undefined }),
  });

  it('fit into the slots, at least one for each worker and never more than in flight', () => {
    assertProperty(
      fc.property(settings, wanted, (host, each) => {
        const count = atOnce(each, host);
        expect([host.workers, host.imagesInFlight]).toContain(count);
      }),
    );
  });

  it('that are not counted take no more memory together than one for each worker may', () => {
    assertProperty(
      fc.property(settings, wanted, (host, each) => {
        const { memoryBytes } = new ImagePricing(host).costOf(request(each));
        if (memoryBytes > 0) return;
        const bytes = each.side ** 2 * (each.engine === 'JIMP' ? 36 : 12);
        expect(bytes * atOnce(each, host)).toBeLessThanOrEqual(128 * MEBIBYTE * host.workers);
      }),
    );
  });

  it('are held to limits of worker processes that together are the memory of the host, above 256 MiB each', () => {
    assertProperty(
      fc.property(settings, wanted, (host, each) => {
        const { memoryLimitMb = 0 } = new ImagePricing(host).costOf(request(each));
        const enough = memoryLimitMb <= 256 || memoryLimitMb * atOnce(each, host) <= host.hostMemoryMb + 1;
        expect(enough).toBe(true);
        expect(memoryLimitMb).toBeLessThanOrEqual(host.hostMemoryMb / host.workers);
      }),
    );
  });

  it('beyond one for each worker have estimates that fit their share of the memory', () => {
    assertProperty(
      fc.property(settings, wanted, (host, each) => {
        if (atOnce(each, host) <= host.workers) return;
        const bytes = each.side ** 2 * 12;
        expect(bytes * host.imagesInFlight).toBeLessThanOrEqual(pixelMemoryLimit(host.hostMemoryMb));
      }),
    );
  });
});
