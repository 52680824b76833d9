import { describe, expect, it } from '@jest/globals';
import { compareBenchmarks } from '../../../src/benchmark/analysis/comparison/comparison.js';
import { breakEvenChart } from '../../../src/benchmark/charts/break-even-chart.js';
import type { Channel } from '../../../src/benchmark/charts/chart.js';
import { timeChart } from '../../../src/benchmark/charts/charts.js';
import { forestChart } from '../../../src/benchmark/charts/forest-chart.js';
import { paretoEdge } from '../../../src/benchmark/charts/pareto-chart.js';
import { raceChart } from '../../../src/benchmark/charts/race-chart.js';
import { speedupChart } from '../../../src/benchmark/charts/speedup-chart.js';
import { sweepChart } from '../../../src/benchmark/charts/sweep-chart.js';
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
/** Values of each layer of a chart that has data of its own. */
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

  it('has no speed-up where single samples give no interval', () => {
    const samples = report().samples.filter(({ repetition }) => repetition === 0);
    const one = group({ samples, status: 'CANCELLED' });
    const { values } = timeChart(one).data as unknown as { values: { label: string }[] };
    for (const { label } of values) expect(label).toMatch(/^[\d.]+ m?s$/);
    expect(speedupChart(one, 2, [])).toBeNull();
    expect(layerValues(breakEvenChart(one))).toEqual([]);
  });
});

it('a chart of speed-ups has the fitted curve up to the processors in place of lines where there is one', () => {
  const law = { throughputOfOne: 20, contention: 0.08, coherency: 0.004 };
  const samples = [
    ...samplesOf({ model: 'SYNC', workers: 1 }, around(500)),
    ...[1, 2, 4, 8, 16].flatMap((workers) =>
      samplesOf({ workers }, around(10_000 / uslThroughput(law, Math.min(workers, 8)))),
    ),
  ];
  const measured = report({ samples, environment: environment({ availableParallelism: 8 }) });
  const [one] = workGroups(measured);
  if (!one) throw new Error('The report has a group');
  const [, lines, curve] = layerValues(speedupChart(one, 8, measured.scaling));
  expect(curve).toHaveLength(61);
  expect(curve?.at(-1)).toMatchObject({ model: 'THREADS', workers: 8 });
  expect(lines).toMatchObject([
    { model: 'SYNC', workers: 1 },
    { model: 'THREADS', workers: 8 },
    { model: 'THREADS', workers: 16 },
  ]);
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
      'THREADS ×2: worker 0',
      'THREADS ×2: worker 1',
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

it('the break-even chart marks where the lines of faster models cross that of SYNC', () => {
  const samples = [
    ...samplesOf({ model: 'SYNC', workers: 1, startupMs: 0 }, around(1000)),
    ...samplesOf({ model: 'THREADS', startupMs: 450 }, around(500)),
    ...samplesOf({ model: 'ASYNC', startupMs: 0 }, around(999)),
  ];
  const [points] = layerValues(breakEvenChart(group({ samples })));
  expect(points).toMatchObject([{ model: 'THREADS', tasks: 10 }]);
});

it('the chart of a race has the final value of a variant, lower than the dashed line where increments were lost', () => {
  const [race] = report().race?.results ?? [];
  if (!race) throw new Error('The report has a race');
  const readings = [
    { ms: 0, value: 0 },
    { ms: 2, value: 150 },
    { ms: 40, value: 240 },
  ];
  const results = [{ ...race, variant: 'UNSYNCHRONIZED' as const, actual: [250, 260], readings }];
  const chart = raceChart({ workers: 2, results });
  expect(layerValues(chart)).toEqual([[{ variant: 'UNSYNCHRONIZED', ms: 40, value: 250 }]]);
  expect(JSON.stringify(chart)).toContain('"datum":400');
  expect(raceChart({ workers: 2, results: [{ ...race, readings: [] }] })).toBeNull();
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

it.each([
  ['LOCK_SHARE', [0, 0.5, 1], undefined, ['0 %', '50 %', '100 %']],
  ['IMAGE_EDGE', [64, 512, 4096], 'log', ['64 px', '512 px', '4096 px']],
  ['PAYLOAD_BYTES', [0, 1024, 2 ** 24], 'symlog', ['0 B', '1 KiB', '16 MiB']],
] as const)('the axis of a sweep over %s has a tick for each value %j', (axis, values, type, labels) => {
  const samples = values.flatMap((value) =>
    samplesOf({ model: 'SYNC', sweep: { axis, value } }, around(100)),
  );
  const spec = sweepChart(workGroups(report({ samples })));
  const layers = (spec as unknown as { layer: { encoding: { x: Channel } }[] }).layer;
  const { scale, axis: ticks } = { ...layers[0]?.encoding.x } as {
    scale: { type?: string };
    axis: { values: number[]; labelExpr: string };
  };
  expect(scale.type).toBe(type);
  expect(ticks.values).toEqual(values);
  for (const label of labels) expect(ticks.labelExpr).toContain(`"${label}"`);
});

describe('a forest plot', () => {
  const rowsOf = (before: number[], after: number[]) =>
    compareBenchmarks({ id: 'a', samples: samplesOf({}, before) }, [
      { id: 'b', samples: samplesOf({}, after) },
    ]);
  const pointsOf = (before: number[], after: number[]) =>
    (forestChart(rowsOf(before, after)).data as unknown as { values: object[] }).values;

  it('has a point with its interval for each cell, and one without where samples are too few', () => {
    expect(pointsOf(around(100), around(50))).toMatchObject([
      { row: 'THREADS ×2, SHARP, 10', certain: true },
    ]);
    expect(pointsOf([100], [50])).toMatchObject([{ ratio: 2, low: 2, high: 2, certain: false }]);
  });

  it('has the same distance for twice and half the speed', () => {
    const domainOf = (before: number[], after: number[]): number[] => {
      const { layer } = forestChart(rowsOf(before, after)) as unknown as {
        layer: { encoding: { x: { scale: { domain: number[] } } } }[];
      };
      return layer[0]?.encoding.x.scale.domain ?? [];
    };
    for (const [before, after] of [
      [around(100), around(50)],
      [around(50), around(100)],
      [around(100), around(100)],
    ] as const) {
      const [low = 0, high = 0] = domainOf(before, after);
      expect(low * high).toBeCloseTo(1, 9);
      expect(high).toBeGreaterThanOrEqual(1.25);
    }
  });
});
