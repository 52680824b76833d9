import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  NoUnusedFragmentsRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { checkOperation } from '../../../src/api/limits/check-operation.js';
import { DEFAULT_QUERY_LIMITS } from '../../../src/api/limits/query-limits.js';
import { PLAYGROUND_EXAMPLES } from '../../../src/api/playground/playground-examples.js';
import { createSchema } from '../../../src/api/schema.js';

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await createSchema();
});

/** Checks every operation of a text, each for itself, as the server does at its default limits. */
function check(text: string): void {
  const { definitions } = parse(text);
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  for (const operation of operations) {
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
    const rules = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);
    expect(validate(schema, document, rules)).toEqual([]);
    checkOperation(DEFAULT_QUERY_LIMITS, schema, document, operation);
  }
}

const fileText = (path: string): string =>
  readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const readmeOperations = [...fileText('README.md').matchAll(/```graphql\n(.*?)```/gs)].map(
  ([, text = '']) => text,
);
const IMAGE = 'id filename format width height byteSize url createdAt';

describe('an operation within the cost limit', () => {
  it.each(readmeOperations)('in the README: %s', (text) => check(text));
  it.each(PLAYGROUND_EXAMPLES)('in the playground: $name', ({ query }) => check(query));
  it('of the command line', () => check(fileText('src/cli/operations.graphql')));
  it('for race experiments with their readings', () =>
    check(`{ raceExperiments(first: 100) { id createdAt workers results {
      variant expected actual lostPercent lostPercentMax overlapPercent nanosecondsPerIncrement
      readings { ms value } } } }`));
});

describe('an operation beyond the cost limit', () => {
  const refusal = expect.objectContaining({
    code: 'LIMIT_EXCEEDED',
    details: expect.objectContaining({ limit: 'maxCost' }),
  });

  it.each([
    [
      'a first event of progress, with the sources of all its items',
      `subscription { jobProgress(jobId: "1") {
        items { image { ${IMAGE} source { ${IMAGE} source { id } } } result { ${IMAGE} } } } }`,
    ],
    ['cells of many benchmarks', '{ benchmarks(first: 40) { edges { node { cells { model medianMs } } } } }'],
    [
      'rows of many comparisons',
      `{ ${Array.from(
        { length: 8 },
        (_, i) => `c${i}: compareBenchmarks(baselineId: "1", candidateIds: ["2"]) {
          rows { benchmarkId model engine imageCount workers baselineMedianMs medianMs ratio pValue verdict } }`,
      ).join(' ')} }`,
    ],
  ])('%s', (_name, query) => {
    expect(() => check(query)).toThrow(refusal);
  });
});
