import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { MetadataStorage } from '@mikro-orm/core';
import { buildSchema, type GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import '../../../src/entities/image.entity.js';
import '../../../src/entities/job.entity.js';
import '../../../src/entities/benchmarks/stored-sample.entity.js';
import { checkOperations } from '../../../src/imaging/check-operations.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { IMAGE_FORMATS } from '../../../src/imaging/image-format.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { OPERATION_KINDS } from '../../../src/imaging/operation.js';
import { OPERATIONS } from '../../../src/imaging/operations/table.js';
import { checkOutputSizes } from '../../../src/imaging/output-size.js';
import { processImage } from '../../../src/imaging/process-image.js';
import { SAMPLE_OPERATIONS } from '../../support/images/sample-operations.js';

const limits = DEFAULT_IMAGING_LIMITS;
const SIZE = { width: 64, height: 48 };
let schema: GraphQLSchema;
const file = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');

beforeAll(() => {
  schema = buildSchema(file('schema.graphql'));
});

describe.each(OPERATION_KINDS)('%s', (kind) => {
  const sample = SAMPLE_OPERATIONS[kind];

  it.each(IMAGE_ENGINES)('runs on %s, to the size that is foretold', async (engine) => {
    checkOperations([sample], limits);
    const photo = await photoLikeJpeg(3, SIZE.width, SIZE.height);
    const result = await processImage(photo, { engine, operations: [sample], limits });
    const size = checkOutputSizes(SIZE, [sample], 'JPEG', limits);
    expect({ width: result.width, height: result.height }).toEqual(size);
  });

  it('has a field of the API, with all its parameters', () => {
    const input = schema.getType('OperationInput') as GraphQLInputObjectType;
    const field = input.getFields()[kind.toLowerCase()];
    expect(field).toBeDefined();
    const parameters = Object.keys(OPERATIONS[kind].parameters);
    if (parameters.length === 0) return;
    const type = field?.type as GraphQLInputObjectType;
    expect(Object.keys(type.getFields()).toSorted()).toEqual(parameters.toSorted());
  });

  it('is a value of the API that says what it does', () => {
    expect(file('schema.graphql')).toContain(`"""${OPERATIONS[kind].summary}"""\n  ${kind}`);
  });

  it('refuses each parameter that is missing or of another kind, by its path', () => {
    for (const [name, parameter] of Object.entries(OPERATIONS[kind].parameters)) {
      const path = `input.operations[0].${kind.toLowerCase()}.${name}`;
      const check = (value: unknown) => () =>
        checkOperations([{ kind, params: { ...sample.params, [name]: value } } as typeof sample], limits);
      expect(check({})).toThrow(
        expect.objectContaining({ details: expect.objectContaining({ field: path }) }),
      );
      if (!parameter.optional) expect(check(undefined)).toThrow(path);
    }
  });

  it('is described in words', () => {
    const spec = OPERATIONS[kind] as { describe(params: object): string };
    expect(spec.describe(sample.params)).toMatch(/^[a-z]/);
    expect(spec.describe(sample.params)).not.toMatch(/undefined|NaN|\[object/);
  });
});

it.each([
  ['Image', 'format', IMAGE_FORMATS],
  ['Image', 'engine', IMAGE_ENGINES],
  ['Job', 'engine', IMAGE_ENGINES],
  ['StoredSample', 'engine', IMAGE_ENGINES],
] as const)('the column %s.%s holds each of its values', (entity, property, values) => {
  const found = Object.values(MetadataStorage.getMetadata()).find(({ className }) => className === entity);
  const columns = found?.properties as Record<string, { length?: number }> | undefined;
  expect(columns?.[property]?.length).toBeGreaterThanOrEqual(Math.max(...values.map(({ length }) => length)));
});
