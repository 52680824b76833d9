import { describe, expect, it } from '@jest/globals';
import { timeChart } from '../../../src/benchmark/charts/charts.js';
import {
  breakEvenChart,
  paretoEdge,
  speedupChart,
  sweepChart,
} from '../../../src/benchmark/charts/curves.js';
import { laneParts, timelineChart } from '../../../src/benchmark/charts/timeline.js';
import { bestOfModels, workGroups } from '../../../src/benchmark/charts/work-group.js';
import { uslThroughput } from '../../../src/benchmark/statistics/usl.js';
import { report } from '../export/record.js';
import { around, environment, samplesOf } from '../samples.js';

const group = (...given: Parameters<typeof report>) => {
  const [first] = workGroups(report(...given));
  if (!first) throw new Error('The report has a group');
  return first;
};
/** The values of every layer of a chart that has its own. */
const layerValues = (spec: object | null): object[][] =>
  ((spec as { layer: { data?: { values: object[] } }[] }).layer ?? []).flatMap(({ data }) =>
    data ? [data.values] : [],
  );

describe('a chart of times', () => {
  it('has the fastest model first, and a dot for each sample', () => {
    const one = group();
    const times = bestOfModels(one).map(({ medianMs }) => medianMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const [dots] = layerValues(timeChart(one));
    expect(dots).toHaveLength(bestOfModels(one).flatMap(({ samplesMs }) => samplesMs).length);
  });

  it('has no speed-up where SYNC was not measured', () => {
    const samples = report().samples.filter(({ model }) => model === 'THREADS');
    expect(timeChart(group({ samples })).data).toMatchObject({ values: [{ label: '1.5 s' }] });
  });
});

it('a chart of speed-ups has the fitted curve in place of lines where there is one', () => {
  const law = { throughputOfOne: 20, contention: 0.08, coherency: 0.004 };
  const samples = [
    ...samplesOf({ model: 'SYNC', workers: 1 }, around(500)),
    ...[1, 2, 4, 8].flatMap((workers) =>
      samplesOf({ workers }, around(10_000 / uslThroughput(law, workers))),
    ),
  ];
  const measured = report({ samples, environment: environment({ availableParallelism: 8 }) });
  const [one] = workGroups(measured);
  if (!one) throw new Error('The report has a group');
  const curve = layerValues(speedupChart(one, 8, measured.scaling)).at(-1);
  expect(curve).toHaveLength(61);
  expect(curve?.at(-1)).toMatchObject({ model: 'THREADS', workers: 8 });
});

describe('a timeline', () => {
  const timeline = [0, 1, 2, 3].map((task) => ({
    task,
    worker: task % 2,
    queuedMs: 0,
    startMs: 50 * Math.floor(task / 2),
    lockWaitMs: 10,
    computeMs: 40,
    endMs: 50 * (Math.floor(task / 2) + 1),
  }));
  const traced = (overrides: object) =>
    samplesOf(overrides, around(100)).map((sample) => ({
      ...sample,
      trace: { timeline, eventLoopDelaysMs: [] },
    }));

  it('has a lane for the queue and for each worker, split into lock wait and computing', () => {
    const one = group({ samples: [...traced({ model: 'SYNC', workers: 1 }), ...traced({})] });
    const cell = one.cells.find(({ model }) => model === 'THREADS');
    if (!cell) throw new Error('THREADS was measured');
    const parts = laneParts(cell);
    expect([...new Set(parts.map(({ row }) => row))]).toEqual([
      'THREADS ×2: queue',
      'THREADS ×2: 0',
      'THREADS ×2: 1',
    ]);
    expect(parts.filter(({ part }) => part === 'Lock wait').map(({ from, to }) => [from, to])).toEqual([
      [0, 10],
      [50, 60],
      [0, 10],
      [50, 60],
    ]);
    expect(timelineChart(one)).not.toBeNull();
  });

  it('is absent where no trace was stored', () => {
    expect(timelineChart(group())).toBeNull();
  });
});

it('the Pareto edge has the points that no other beats in time and memory', () => {
  const points = [
    [1, 9],
    [2, 5],
    [2, 6],
    [3, 7],
    [4, 2],
  ].map(([time = 0, memory = 0]) => ({ time, memory }));
  expect(paretoEdge(points).map(({ time, memory }) => [time, memory])).toEqual([
    [1, 9],
    [2, 5],
    [4, 2],
  ]);
});

it('the break-even chart marks where the first line crosses that of SYNC', () => {
  const spec = JSON.stringify(breakEvenChart(group(), 9));
  expect(spec).toContain('"datum":9');
  expect(JSON.stringify(breakEvenChart(group(), null))).not.toContain('datum');
});

it('the chart of a sweep has a point for each model and value', () => {
  const samples = [0, 0.5].flatMap((value) =>
    (['SYNC', 'THREADS'] as const).flatMap((model) =>
      samplesOf({ model, sweep: { axis: 'LOCK_SHARE', value } }, around(100)),
    ),
  );
  const { data } = sweepChart(workGroups(report({ samples })));
  expect((data as { values: object[] }).values).toHaveLength(4);
});
