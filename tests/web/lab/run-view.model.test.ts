import { describe, expect, it } from '@jest/globals';
import { CHART_SECTIONS } from '../../../src/benchmark/export/chart-sections.js';
import type { BenchmarkReport } from '../../../src/benchmark/export/report.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';
import { ranking } from '../../../web/lab/run/ranking.model.js';
import { hasEqualOutputs, viewOf } from '../../../web/lab/run/run-view.model.js';
import { niceEnd } from '../../../web/lab/run/scale.model.js';
import { report } from '../../benchmark/export/record.js';
import { around, environment, samplesOf } from '../../benchmark/samples.js';

const viewOfReport = (
  { cells, processors, status, scaling, recommendation }: BenchmarkReport,
  stored = true,
) => viewOf({ cells, processors, status, ...(stored && { analysis: { scaling, recommendation } }) });

describe('the view of a run', () => {
  it('has the charts of the report, from the cells alone', () => {
    const measured = report();
    const view = viewOfReport(measured);
    for (const section of CHART_SECTIONS) {
      const charts = (run: typeof view) => section.groups(run).map((group) => section.chart(group, run));
      expect(charts(view).filter(Boolean).length).toBe(
        charts({ ...view, ...measured }).filter(Boolean).length,
      );
    }
    expect(view.noiseFloor).toBe(measured.noiseFloor);
    const times = ({ baselines }: Pick<BenchmarkReport, 'baselines'>) =>
      baselines.map(({ samplesMs, medianMs, medianInterval, speedupInterval }) => ({
        samples: samplesMs.toSorted((a, b) => a - b),
        medianMs,
        medianInterval,
        speedupInterval,
      }));
    expect(times(view)).toEqual(times(measured));
  });

  it('recommends while it is measured what the report would', () => {
    const measured = report({ status: 'RUNNING' });
    const { recommendation } = viewOfReport(measured, false);
    expect(recommendation).toEqual(measured.recommendation);
  });

  it('has a fitted curve with four worker counts', () => {
    const samples = [1, 2, 4, 8].flatMap((workers) => [
      ...samplesOf({ model: 'SYNC', workers: 1, imageCount: 24 }, around(2000)),
      ...samplesOf({ model: 'THREADS', workers, imageCount: 24 }, around(2000 / workers ** 0.9)),
    ]);
    const view = viewOfReport(report({ samples, environment: environment({ availableParallelism: 8 }) }));
    const section = CHART_SECTIONS.find(({ id }) => id === 'speed-up');
    const [group] = section?.groups(view) ?? [];
    const spec = group && section?.chart(group, view);
    // The dashed limit, intervals, the measured line, the curve and the points.
    expect((spec as { layer: unknown[] }).layer).toHaveLength(5);
  });

  it('knows whether all models gave the same results', () => {
    expect(hasEqualOutputs(viewOfReport(report()))).toBe(true);
    const one = report({ samples: samplesOf({ model: 'SYNC' }, around(100)) });
    expect(hasEqualOutputs(viewOfReport(one))).toBeUndefined();
    const samples = [
      ...samplesOf({ model: 'SYNC' }, around(100)),
      ...samplesOf({ model: 'ASYNC' }, around(100)),
      ...samplesOf({ model: 'THREADS', outputDigest: 'other' }, around(50)),
    ];
    expect(hasEqualOutputs(viewOfReport(report({ samples })))).toBe(false);
  });
});

describe('the ranking', () => {
  const rankingOf = (times: Readonly<Record<string, number[]>>) => {
    const samples = CONCURRENCY_MODELS.flatMap((model) =>
      samplesOf({ model, workers: model === 'SYNC' ? 1 : 2, imageCount: 10 }, times[model] ?? []),
    );
    return ranking(viewOfReport(report({ samples })))?.models.map(
      ({ cell, standing }) => `${cell.model} ${standing}`,
    );
  };

  it('names win, tie and slower', () => {
    expect(rankingOf({ SYNC: around(100), THREADS: around(50) })).toEqual(['THREADS WIN', 'SYNC SLOWER']);
    expect(rankingOf({ SYNC: around(100), PROCESSES: around(50.2), THREADS: around(50) })).toEqual([
      'THREADS CHEAPEST_TIE',
      'PROCESSES TIE',
      'SYNC SLOWER',
    ]);
  });

  it('says what is not decided', () => {
    expect(rankingOf({ SYNC: around(100), PROCESSES: [40, 45, 55, 62, 70], THREADS: around(52) })).toEqual([
      'THREADS BEST_MEASURED',
      'PROCESSES MAYBE_FASTER',
      'SYNC SLOWER',
    ]);
  });

  it('is unknown without a recommendation, and absent without cells', () => {
    const running = report({ status: 'RUNNING', samples: samplesOf({ model: 'SYNC' }, [100]) });
    expect(ranking(viewOfReport(running))?.models.map(({ standing }) => standing)).toEqual(['UNKNOWN']);
    expect(ranking(viewOfReport(report({ samples: [], status: 'RUNNING' })))).toBeUndefined();
  });
});

describe('the end of a scale', () => {
  it.each([
    [0, 1],
    [1, 1],
    [1.21, 1.5],
    [612, 800],
    [801, 1000],
    [99, 100],
    [0.034, 0.04],
  ])('of values up to %d is %d', (longest, end) => {
    expect(niceEnd(longest)).toBeCloseTo(end, 12);
  });
});
