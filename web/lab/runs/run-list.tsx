import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { useLoad } from '../../ui/use-load.js';
import { type RunRowFragment, RunsDocument } from '../generated/graphql.js';
import { ImportButton } from './import-button.js';
import styles from './run-list.module.css';
import { RunRow } from './run-row.js';

const PAGE_SIZE = 20;
/** While something is queued or measured, the list is loaded again after this. */
const REFRESH_MS = 3_000;

/** The user's runs, newest first. */
export function RunList() {
  const round = useSignal(0);
  const shown = useSignal(PAGE_SIZE);
  const { value: list, problem, again } = useLoad(() => loadRuns(shown.value), [shown.value, round.value]);
  const reload = () => {
    round.value++;
  };
  const isMeasuring = list.value?.runs.some(({ status }) => !isBenchmarkEnded(status)) ?? false;
  useEffect(() => {
    if (!isMeasuring) return;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isMeasuring]);
  return (
    <section aria-labelledby="runs">
      <div class={styles.head}>
        <h2 id="runs">Runs</h2>
        <ImportButton onImported={reload} />
      </div>
      <Problem text={problem.value} again={again.value} />
      <ul class={styles.list} aria-label="Runs">
        {list.value?.runs.map((run) => (
          <RunRow key={run.id} run={run} isMeasuring={isMeasuring} onDeleted={reload} />
        ))}
      </ul>
      {list.value && list.value.runs.length < list.value.totalCount && (
        <button
          type="button"
          class={styles.more}
          onClick={() => {
            shown.value += PAGE_SIZE;
          }}
        >
          Show more
        </button>
      )}
      {list.value?.runs.length === 0 && (
        <p class={styles.empty}>
          No runs yet. “Quick look” takes a minute or two, and says which model is fastest for images on this
          machine.
        </p>
      )}
    </section>
  );
}

interface LoadedRuns {
  runs: readonly RunRowFragment[];
  totalCount: number;
}

/** The newest runs, in pages of what the API allows. @throws AppError */
async function loadRuns(count: number): Promise<LoadedRuns> {
  const runs: RunRowFragment[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof loadPage>> = await loadPage(
      Math.min(PAGE_SIZE, count - runs.length),
      after,
    );
    runs.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage || runs.length >= count) return { runs, totalCount: page.totalCount };
    after = page.pageInfo.endCursor;
  }
}

const loadPage = async (first: number, after: string | null) =>
  (await ask(RunsDocument, { first, after })).benchmarks;
