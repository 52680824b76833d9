import { expect, it } from '@jest/globals';
import { timeChart } from '../../../src/benchmark/export/charts.js';
import { workGroups } from '../../../src/benchmark/export/work-group.js';
import { report } from './record.js';

it('a chart of times has no speed-up where SYNC was not measured', () => {
  const samples = report().samples.filter(({ model }) => model === 'THREADS');
  const [group] = workGroups(report({ samples }));
  expect(group && timeChart(group).data).toMatchObject({ values: [{ label: '1.5 s' }] });
});
