import { useMemo } from 'preact/hooks';
import type { ComparisonRow } from '../../../src/benchmark/analysis/comparison/comparison.js';
import { forestChart } from '../../../src/benchmark/charts/forest-chart.js';
import { Chart } from '../../charts/chart.js';
import { Section } from '../result/section.js';
import styles from './compare-page.module.css';
import { comparisonDoubts, comparisonTable, type NamedRun, verdictSummary } from './comparison.model.js';
import { GateCard } from './gate-card.js';

interface CandidateSectionProps {
  baseline: NamedRun;
  candidate: NamedRun;
  rows: readonly ComparisonRow[];
}

/** One candidate: its forest plot, its verdicts and its gate. */
export function CandidateSection({ baseline, candidate, rows }: CandidateSectionProps) {
  const spec = useMemo(() => forestChart(rows), [rows]);
  return (
    <Section
      id={`candidate-${candidate.id}`}
      title={candidate.name}
      text="The speed of each cell relative to the baseline, with its 95 % interval, on a logarithmic scale: right of 1 is faster. In the grey band the difference makes no practical difference. Hollow points have too few samples, or are void. A cell is named by model, workers, engine, and images or tasks."
    >
      {rows.length === 0 ? (
        <p>These runs have no cell in common, so that nothing can be compared.</p>
      ) : (
        <>
          <p class={styles.verdict}>{verdictSummary(rows)}</p>
          <Chart
            spec={spec}
            title={`${candidate.name} relative to ${baseline.name}`}
            table={comparisonTable(rows)}
            openTable
          />
          <Doubts rows={rows} />
        </>
      )}
      <GateCard baseline={baseline} candidate={candidate} />
    </Section>
  );
}

/** Cells that are not decided because other programs can explain their difference. */
function Doubts({ rows }: Pick<CandidateSectionProps, 'rows'>) {
  const doubts = comparisonDoubts(rows);
  if (doubts.length === 0) return null;
  return (
    <ul>
      {doubts.map(({ cell, text }) => (
        <li key={cell}>
          {cell}: {text}
        </li>
      ))}
    </ul>
  );
}
