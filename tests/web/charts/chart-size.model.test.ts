import { describe, expect, it } from '@jest/globals';
import { CHART_SECTIONS } from '../../../src/benchmark/export/chart-sections.js';
import { drawSvg } from '../../../src/benchmark/export/svg.js';
import { aspectRatioOf } from '../../../web/charts/chart-size.model.js';
import { report } from '../../benchmark/export/record.js';

describe('the space that is reserved for a chart', () => {
  const run = { ...report(), processors: 2 };

  it.each(CHART_SECTIONS.map((section) => [section.title, section] as const))(
    'is as large as the drawing: %s',
    async (_title, { groups, chart }) => {
      const specs = groups(run).flatMap((group) => chart(group, run) ?? []);
      for (const spec of specs) {
        const svg = (await drawSvg(spec, { id: 'chart', title: 'Chart', description: '' })).text;
        const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
        expect(`${width} / ${height}`).toBe(aspectRatioOf(spec));
      }
    },
  );

  it('is not known without a size in the specification', () => {
    expect(aspectRatioOf({ mark: 'point', data: { values: [] }, width: 'container' })).toBeUndefined();
  });
});
