import { expect, it } from '@jest/globals';
import { cellKey } from '../../../src/benchmark/cell.js';
import { cellsOf } from '../../../src/benchmark/plan.js';
import { checkedLists, DEFAULT_PLAN_LIMITS } from '../../../src/benchmark/plan-input.js';
import type { ConcurrencyModel } from '../../../src/execution/model.js';
import type { RunFactsFragment } from '../../../web/lab/generated/graphql.js';
import { inputAgain } from '../../../web/lab/run/run-again.model.js';
import { report } from '../../benchmark/export/record.js';
import { around, environment, samplesOf } from '../../benchmark/samples.js';

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
  repetitions: 5,
  untilPercent: null,
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
