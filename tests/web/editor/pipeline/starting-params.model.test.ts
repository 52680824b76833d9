import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkEngine, checkOperations } from '../../../../src/imaging/check-operations.js';
import { engineInfo } from '../../../../src/imaging/engines/engine-registry.js';
import { FORMATS, IMAGE_FORMATS, type ImageFormat } from '../../../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../../src/imaging/limits.js';
import type { Operation } from '../../../../src/imaging/operation.js';
import { checkAnimation, checkOutputSizes } from '../../../../src/imaging/output-size.js';
import { KINDS } from '../../../../web/editor/pipeline/operations.model.js';
import {
  EMPTY_PIPELINE,
  type Pipeline,
  reducePipeline,
} from '../../../../web/editor/pipeline/pipeline.model.js';
import {
  inability,
  placeAfter,
  type SourceImage,
  sizesAlong,
  startingEngine,
} from '../../../../web/editor/pipeline/place.model.js';
import { isWaiting, startingParams } from '../../../../web/editor/pipeline/starting-params.model.js';
import { assertProperty } from '../../../support/property.js';

const engines = await engineInfo();
const LIMITS = { ...DEFAULT_IMAGING_LIMITS, maxOperations: 100 };

const side = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 30 }));
const kinds = fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 12 });
const source = fc
  .record<SourceImage>({
    width: side,
    height: side,
    format: fc.constantFrom(...IMAGE_FORMATS),
    frames: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 1_000 })),
  })
  .filter(({ width, height, format, frames }) => {
    const { maxSide, animated } = FORMATS[format];
    const pixels = width * height;
    if (!animated && frames > 1) return false;
    return (
      Math.max(width, height) <= maxSide &&
      pixels <= LIMITS.maxPixels &&
      pixels * frames <= LIMITS.maxAnimationPixels
    );
  });

const operationsOf = ({ steps }: Pipeline) =>
  steps.map(({ kind, params }) => ({ kind, params })) as unknown as Operation[];

/** What each engine that reads the source checks before it decodes. Returns the size of the result. */
function check(image: SourceImage, pipeline: Pipeline) {
  const operations = operationsOf(pipeline);
  checkOperations(operations, LIMITS);
  const convert = operations.findLast((operation) => operation.kind === 'CONVERT');
  const sizes = engines
    .filter(({ reads }) => reads.includes(image.format))
    .map((info) => {
      checkEngine(info.engine, image.format, operations, engines);
      const format: ImageFormat =
        convert?.params.format ?? (info.writes.includes(image.format) ? image.format : 'PNG');
      const frames = FORMATS[image.format].animated && FORMATS[format].animated ? image.frames : 1;
      checkAnimation(image, frames, 'The source', LIMITS);
      return checkOutputSizes(image, operations, format, LIMITS, frames);
    });
  return sizes[0];
}

/** Appends steps one after the other, each with its starting values. */
function build(image: SourceImage, added: readonly (typeof KINDS)[number][]): Pipeline {
  return added.reduce((pipeline, kind) => {
    // Trimmed results are as large as the image here: the check before decoding assumes that, too.
    const result = sizesAlong(image, pipeline.steps).at(-1);
    const place = placeAfter(image, pipeline.steps, engines, LIMITS, result ? [result] : []);
    return reducePipeline(pipeline, { type: 'ADDED', kind, params: startingParams(kind, place) });
  }, EMPTY_PIPELINE);
}

describe('the values that a new step starts with', () => {
  it('are accepted by the server and by both engines, after any steps before it', () => {
    assertProperty(
      fc.property(source, kinds, (image, added) => {
        const pipeline = build(image, added);
        const size = check(image, pipeline);
        expect(sizesAlong(image, pipeline.steps).at(-1)).toEqual(size);
      }),
    );
  });

  it('cut a resized image to its new size', () => {
    const image: SourceImage = { width: 4_000, height: 3_000, format: 'JPEG', frames: 1 };
    const { steps } = build(image, ['RESIZE', 'CROP']);
    expect(steps[1]?.params).toMatchObject({ width: 480, height: 360 });
  });

  it('add no border that exceeds a limit', () => {
    const image: SourceImage = { width: 10_000, height: 5_000, format: 'JPEG', frames: 1 };
    expect(build(image, ['EXTEND']).steps[0]?.params).toMatchObject({ top: 0, left: 0 });
    const tall: SourceImage = { width: 10, height: 16_380, format: 'WEBP', frames: 1 };
    expect(build(tall, ['EXTEND']).steps[0]?.params).toMatchObject({ top: 1, left: 1 });
  });

  it('wait for the size of a trimmed image, and then follow it', () => {
    const image: SourceImage = { width: 400, height: 300, format: 'PNG', frames: 1 };
    const { steps } = build(image, ['TRIM']);
    const before = placeAfter(image, steps, engines, LIMITS, []);
    expect(isWaiting('CROP', before)).toBe(true);
    const after = placeAfter(image, steps, engines, LIMITS, [
      { width: 100, height: 51 },
      { width: 101, height: 50 },
    ]);
    expect(isWaiting('CROP', after)).toBe(false);
    expect(startingParams('CROP', after)).toMatchObject({ width: 60, height: 30 });
  });
});

describe('what an engine cannot compute', () => {
  const jimp = { engine: 'JIMP', reads: ['JPEG', 'PNG'], writes: ['JPEG', 'PNG'] } as const;

  it('is said by the format of the source, and by the formats of the pipeline', () => {
    const convert = { kind: 'CONVERT', params: { format: 'WEBP' } } as const;
    expect(inability(jimp, 'AVIF', [])).toBe('JIMP cannot read AVIF.');
    expect(inability(jimp, 'JPEG', [convert])).toBe('JIMP cannot write WEBP.');
    expect(inability(jimp, 'JPEG', [{ kind: 'BLUR', params: { sigma: 1 } }])).toBe('');
  });
});

it('starts with the native engine where it reads the image, whatever the order of the engines', () => {
  const sharp = { engine: 'SHARP', reads: ['JPEG', 'AVIF'], writes: [] } as const;
  const jimp = { engine: 'JIMP', reads: ['JPEG', 'BMP'], writes: [] } as const;
  expect(startingEngine([jimp, sharp], 'JPEG')).toBe('SHARP');
  expect(startingEngine([jimp, sharp], 'BMP')).toBe('JIMP');
});
