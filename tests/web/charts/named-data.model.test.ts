import { describe, expect, it } from '@jest/globals';
import { timeChart } from '../../../src/benchmark/charts/charts.js';
import { workGroups } from '../../../src/benchmark/charts/work-group.js';
import { withNamedData, withValues } from '../../../web/charts/named-data.model.js';
import { report } from '../../benchmark/export/record.js';
import { around, samplesOf } from '../../benchmark/samples.js';

/** The chart of a run with two models; the second takes `ms`. */
function chartOf(ms: number, end = 200) {
  const samples = [
    ...samplesOf({ model: 'SYNC', workers: 1 }, around(100)),
    ...samplesOf({ model: 'THREADS' }, around(ms)),
  ];
  const [group] = workGroups(report({ samples }));
  if (!group) throw new Error('The report has a group');
  return timeChart(group, end);
}

describe('the named data of a chart', () => {
  it('are all its lists of values, and give the specification back', () => {
    const spec = chartOf(50);
    const named = withNamedData(spec);
    expect(named.data.size).toBe(2);
    expect(JSON.stringify(named.frame)).not.toContain('"values":[{');
    const restored = JSON.parse(JSON.stringify(withValues(named)), (key, value) =>
      key === 'data' ? { values: value.values } : value,
    );
    expect(restored).toEqual(JSON.parse(JSON.stringify(spec)));
  });

  it('leave the same frame for other samples and another order, and another one for another scale', () => {
    const frameOf = (ms: number, end?: number) => JSON.stringify(withNamedData(chartOf(ms, end)).frame);
    expect(frameOf(50)).toBe(frameOf(60));
    expect(frameOf(50)).toBe(frameOf(150));
    expect(frameOf(50)).not.toBe(frameOf(50, 300));
  });
});
