import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { BASE_PATH } from '../../app/base-path.js';
import { Problem } from '../../ui/card.js';
import { useAction } from '../../ui/use-action.js';
import type { RunFactsFragment } from '../generated/graphql.js';
import { failureText } from './failure.model.js';
import styles from './failure-card.module.css';
import { RunAgainButton } from './run-again-button.js';

/** Why a run has failed, and what to do next. Nothing for a run that has not. */
export function FailureCard({ facts, cells }: { facts: RunFactsFragment; cells: readonly BenchmarkCell[] }) {
  const { busy, problem, again, run } = useAction();
  const { error } = facts;
  if (!error) return null;
  return (
    <section class={styles.card} aria-labelledby="failure">
      <h2 id="failure">This run has failed</h2>
      <p role="alert">{failureText(error)}</p>
      {cells.length > 0 && <p>What it measured before is below.</p>}
      <div class={styles.actions}>
        <RunAgainButton facts={facts} cells={cells} busy={busy} act={(work) => void run(work)} />
        <a class="button" href={`${BASE_PATH}/lab`}>
          Plan a new run
        </a>
        <code>{error.code}</code>
      </div>
      <Problem text={problem.value} again={again.value} />
    </section>
  );
}
