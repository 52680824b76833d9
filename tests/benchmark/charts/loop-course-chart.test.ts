import { describe, expect, it } from '@jest/globals';
import { loopCourseChart } from '../../../src/benchmark/charts/loop-course-chart.js';
import { workGroups } from '../../../src/benchmark/charts/work-group.js';
import { loopCourseTable } from '../../../src/benchmark/export/tables/group-tables.js';
import type { BenchmarkSample } from '../../../src/benchmark/sample.js';
import { report } from '../export/record.js';
import { around, samplesOf } from '../samples.js';

function group(samples: readonly BenchmarkSample[]) {
  const [first] = workGroups(report({ samples: [...samples] }));
  if (!first) throw new Error('The report has a group');
  return first;
}

describe('the event-loop delays over a sample', () => {
  const delayed = (overrides: object, eventLoopDelaysMs: number[]) =>
    samplesOf(overrides, around(100)).map((sample) => ({
      ...sample,
      trace: { timeline: [], eventLoopDelaysMs },
    }));
  const sync = delayed({ model: 'SYNC', workers: 1 }, [90, 110, 100]);
  const threads = delayed({}, Array(100).fill(0.5));

  it('have a point for each value of the best cell of every model, in order', () => {
    const { data } = loopCourseChart(group([...sync, ...threads])) as unknown as {
      data: { values: { model: string; value: number; percent: number }[] };
    };
    const { values } = data;
    const ofSync = values.filter(({ model }) => model === 'SYNC');
    expect(ofSync.map(({ value }) => value)).toEqual([90, 110, 100]);
    expect(ofSync.map(({ percent }) => Math.round(percent))).toEqual([17, 50, 83]);
    expect(values.filter(({ model }) => model === 'THREADS')).toHaveLength(100);
  });

  it('have points with the shape of each model, so that lines differ without colours', () => {
    const { layer } = loopCourseChart(group([...sync, ...threads])) as unknown as {
      layer: { data?: { values: { model: string }[] } }[];
    };
    const models = layer.at(-1)?.data?.values.map(({ model }) => model) ?? [];
    expect([...new Set(models)].toSorted()).toEqual(['SYNC', 'THREADS']);
    expect(models.length).toBeLessThan(20);
  });

  it('have a table with the share of noticeable delays', () => {
    const { rows } = loopCourseTable(group([...sync, ...threads]));
    expect(rows).toContainEqual(['SYNC', '–', '3', '100 ms', '110 ms', '100 %']);
    expect(rows).toContainEqual(['THREADS', '2', '100', '0.5 ms', '0.5 ms', '0 %']);
  });

  it('are absent where no series was stored', () => {
    expect(loopCourseChart(group(samplesOf({}, around(100))))).toBeNull();
  });
});
