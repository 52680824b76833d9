import { useMemo } from 'preact/hooks';
import { answerParts, missingAnswer } from '../../../src/benchmark/analysis/answer-sentence.js';
import type { RecommendationOutcome } from '../../../src/benchmark/analysis/decision.js';
import { longestTime, timeChart } from '../../../src/benchmark/charts/charts.js';
import { groupTitle } from '../../../src/benchmark/charts/work-group.js';
import { bestTable } from '../../../src/benchmark/export/tables/group-tables.js';
import { Chart } from '../../charts/chart.js';
import { unbroken } from '../../ui/unbroken.js';
import styles from './answer-card.module.css';
import { ranking } from './ranking.model.js';
import { RankingList } from './ranking-list.js';
import type { RunView } from './run-view.model.js';
import { niceEnd } from './scale.model.js';

const OUTCOMES: Readonly<Record<RecommendationOutcome, string>> = {
  WIN: 'Win',
  TIE: 'Tie',
  UNDECIDED: 'Not decided',
};

interface AnswerCardProps {
  view: RunView;
  /** Whether more samples will come. */
  isRunning: boolean;
}

/** The answer as a sentence, with the samples behind it: the recommendation so far, or the final one. */
export function AnswerCard({ view, isRunning }: AnswerCardProps) {
  const ranked = useMemo(() => ranking(view), [view]);
  const spec = useMemo(() => ranked && timeChart(ranked.group, niceEnd(longestTime(ranked.group))), [ranked]);
  const { recommendation } = view;
  const parts = recommendation && answerParts(recommendation.reason);
  return (
    <section class={styles.answer} aria-labelledby="answer">
      <p class={styles.chips}>
        {recommendation && (
          <span class={styles.chip} data-outcome={recommendation.outcome}>
            {OUTCOMES[recommendation.outcome]}
          </span>
        )}
        {isRunning && <span class={styles.chip}>So far</span>}
        {ranked && <span class={styles.work}>{groupTitle(ranked.group)}</span>}
      </p>
      <h2 id="answer">
        {unbroken(parts?.answer ?? (isRunning ? 'Measuring …' : missingAnswer(view.cells)))}
      </h2>
      {parts?.explanation && <p class={styles.reason}>{unbroken(parts.explanation)}</p>}
      {ranked && spec && (
        <div class={styles.columns}>
          <Chart
            spec={spec}
            title={`Time by model: ${groupTitle(ranked.group)}`}
            table={bestTable(ranked.group)}
          />
          <RankingList models={ranked.models} />
        </div>
      )}
      {ranked && (
        <p class={styles.key}>
          Bar: median of the whole batch. Dots: samples. Thin line: 95&nbsp;% interval. Shorter is better. ×2:
          two workers, or two tasks in flight with ASYNC. 1.50x: one and a half times the speed of SYNC, with
          the interval of that ratio. “Slower” and “not decided” compare with the fastest model.
        </p>
      )}
    </section>
  );
}
