import { interval, milliseconds, times } from '../../../src/benchmark/analysis/format-numbers.js';
import { bestName } from '../../../src/benchmark/charts/work-group.js';
import type { RankedModel, Standing } from './ranking.model.js';
import styles from './ranking-list.module.css';

const WORDS: Readonly<Record<Standing, string>> = {
  WIN: 'win',
  CHEAPEST_TIE: 'tie, cheapest',
  TIE: 'tie',
  BEST_MEASURED: 'best measured',
  MAYBE_FASTER: 'not decided',
  SLOWER: 'slower',
  UNKNOWN: 'too few samples',
};

/** Every model at its best, fastest first, with what the samples decide. */
export function RankingList({ models }: { models: readonly RankedModel[] }) {
  return (
    <ol class={styles.ranking} aria-label="Ranking by time">
      {models.map(({ cell, standing }) => (
        <li key={cell.model}>
          <span class={styles.name}>{bestName(cell)}</span>
          <span class={styles.time}>{milliseconds(cell.medianMs)}</span>
          <span class={styles.speedup}>
            {cell.speedup !== null && cell.speedupInterval && cell.model !== 'SYNC' && (
              <>
                {times(cell.speedup)} <small>{interval(cell.speedupInterval, times)}</small>
              </>
            )}
          </span>
          <span class={styles.chip} data-standing={standing}>
            {WORDS[standing]}
          </span>
        </li>
      ))}
    </ol>
  );
}
