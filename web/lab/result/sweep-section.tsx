import { useMemo } from 'preact/hooks';
import { crossovers } from '../../../src/benchmark/analysis/crossover.js';
import { sweepChart } from '../../../src/benchmark/charts/sweep-chart.js';
import { groupTitle, largestGroups } from '../../../src/benchmark/charts/work-group.js';
import { modelSigns } from '../../../src/benchmark/export/chart-sections.js';
import { sweepTables } from '../../../src/benchmark/export/tables/tables.js';
import { AXES } from '../../../src/benchmark/sweep.js';
import { Chart } from '../../charts/chart.js';
import { Legend } from '../../charts/legend.js';
import type { RunView } from '../run/run-view.model.js';
import { Section } from './section.js';
import styles from './section.module.css';

/** The curve over the axis for each engine, and where the best model changes. Nothing without a sweep. */
export function SweepSection({ view }: { view: RunView }) {
  const drawn = useMemo(() => {
    const groups = largestGroups(view).filter(({ sweep }) => sweep);
    const tables = sweepTables(view);
    return [...Map.groupBy(groups, ({ engine }) => engine).values()].flatMap((ofEngine, index) => {
      const [first] = ofEngine;
      const table = tables[index];
      if (!first || !table) return [];
      return [{ spec: sweepChart(ofEngine), title: groupTitle({ ...first, sweep: null }), table }];
    });
  }, [view]);
  const axis = view.cells.find(({ sweep }) => sweep)?.sweep?.axis;
  if (!axis || drawn.length === 0) return null;
  return (
    <Section
      id="sweep"
      title={`Sweep over the ${AXES[axis].title}`}
      text={`${AXES[axis].summary} Median time of every model at its best number of workers; vertical lines are 95 % intervals.`}
    >
      {crossovers(view.cells, view.baselines).map((sentence) => (
        <p key={sentence}>
          <strong>{sentence}</strong>
        </p>
      ))}
      <Legend signs={modelSigns(view)} />
      <div class={styles.charts}>
        {drawn.map(({ spec, title, table }) => (
          <Chart key={title} spec={spec} title={title} table={table} titled openTable={drawn.length === 1} />
        ))}
      </div>
    </Section>
  );
}
