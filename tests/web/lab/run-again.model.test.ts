import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { buildSchema, GraphQLBoolean, type GraphQLInputObjectType } from 'graphql';
import { cellKey } from '../../../src/benchmark/cell.js';
import { cellsOf } from '../../../src/benchmark/plan.js';
import { checkedLists, DEFAULT_PLAN_LIMITS } from '../../../src/benchmark/plan-input.js';
import type { ConcurrencyModel } from '../../../src/execution/model.js';
import { OPERATIONS } from '../../../web/api/generated/operations.js';
import type { OperationKind, RunFactsFragment } from '../../../web/lab/generated/graphql.js';
import { inputAgain, operationInput } from '../../../web/lab/run/run-again.model.js';
import { report } from '../../benchmark/export/record.js';
import { around, environment, samplesOf } from '../../benchmark/samples.js';

const SCHEMA = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));
const OPERATION_FIELDS = (SCHEMA.getType('OperationInput') as GraphQLInputObjectType).getFields();

const FACTS = {
  id: 'a',
  name: 'once more',
  status: 'COMPLETED',
  workload: 'IMAGE',
  task: null,
  createdAt: '2026-01-02T03:04:05.000Z',
  startedAt: null,
  finishedAt: null,
  progress: 1,
  completedCells: 1,
  totalCells: 1,
  imported: false,
  queuePosition: null,
  operations: [{ kind: 'BLUR', params: { sigma: 2, unused: null } }],
  imageIds: null,
  repetitions: 5,
  untilPercent: null,
  maxSeconds: null,
  seed: 42,
  sweep: null,
  error: null,
  environment: { ...environment(), runtime: 'Node 24', cpuQuota: null, governor: null, cores: null },
} satisfies RunFactsFragment;

const cellsFor = (pairs: readonly [ConcurrencyModel, number][]) =>
  report({
    samples: pairs.flatMap(([model, workers]) => samplesOf({ model, workers, engine: 'SHARP' }, around(100))),
  }).cells;

it.each<[string, [ConcurrencyModel, number][]]>([
  [
    'every combination',
    [
      ['SYNC', 1],
      ['SYNC', 4],
      ['THREADS', 1],
      ['THREADS', 4],
    ],
  ],
  [
    'SYNC once, the others with the workers of a preset',
    [
      ['SYNC', 1],
      ['THREADS', 2],
      ['PROCESSES', 2],
    ],
  ],
  ['one cell', [['THREADS', 3]]],
])('a run is requested again with its seed and exactly its cells: %s', (_name, pairs) => {
  const cells = cellsFor(pairs);
  const input = inputAgain(FACTS, cells);
  expect(input).toMatchObject({ seed: 42, repetitions: 5, operations: [{ blur: { sigma: 2 } }] });
  const lists = checkedLists(
    { preset: 'QUICK', workload: 'IMAGE', repetitions: 5, ...input } as Parameters<typeof checkedLists>[0],
    { ...DEFAULT_PLAN_LIMITS, maxWorkers: 8 },
    2,
  );
  expect(cellsOf(lists, 'IMAGE').map(cellKey).toSorted()).toEqual(cells.map(cellKey).toSorted());
});

it('a run is requested again with its time limit', () => {
  const cells = cellsFor([['SYNC', 1]]);
  expect(inputAgain({ ...FACTS, maxSeconds: 90 }, cells).maxSeconds).toBe(90);
  expect(inputAgain(FACTS, cells)).not.toHaveProperty('maxSeconds');
});

it('a run on images of the user is requested again on the same images, used in the same order', () => {
  const cells = cellsFor([['SYNC', 1]]);
  expect(inputAgain({ ...FACTS, imageIds: ['b', 'a', 'b'] }, cells).imageIds).toEqual(['b', 'a', 'b']);
  expect(inputAgain(FACTS, cells)).not.toHaveProperty('imageIds');
});

it.each(Object.keys(OPERATIONS) as OperationKind[])(
  'operation %s is requested again as the schema takes it',
  (kind) => {
    const { field } = OPERATIONS[kind];
    const value = (operationInput({ kind, params: { absent: null } }) as Record<string, unknown>)[field];
    expect(value).toEqual(OPERATION_FIELDS[field]?.type === GraphQLBoolean ? true : {});
  },
);
