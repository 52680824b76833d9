import { useSignal } from '@preact/signals';
import { useRoute } from 'preact-iso/router';
import { describeOperations } from '../api/describe-operations.model.js';
import { errorText } from '../api/error-text.js';
import { CancelJobDocument, JobDocument, RetryJobDocument } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import type { Recipe } from '../recipes/recipe.model.js';
import { RecipesButton } from '../recipes/recipes-button.js';
import { ask } from '../session/session.js';
import { Problem } from '../ui/card.js';
import { countOf, formatTime } from '../ui/format.js';
import { Page } from '../ui/page.js';
import { LiveState } from '../ui/status/live-state.js';
import { StatusChip } from '../ui/status/status-chip.js';
import { useAction } from '../ui/use-action.js';
import { useLoad } from '../ui/use-load.js';
import { Failures } from './failures.js';
import { ItemCard } from './item-card.js';
import { failuresByCode, isJobEnded } from './job.model.js';
import { JobFigures } from './job-figures.js';
import styles from './job-page.module.css';
import { cancelRecipe, followRecipe, retryRecipe, zipRecipe } from './job-recipes.model.js';
import { JobWall } from './job-wall.js';
import { useJob } from './use-job.js';
import { ZipLink } from './zip-link.js';

/** One job: progress, a tile for each image, failures by cause, cancel, retry and download. */
export default function JobPage() {
  const { id = '' } = useRoute().params;
  return <Job key={id} id={id} />;
}

function Job({ id }: { id: string }) {
  const { state, connected, error, restart } = useJob(id);
  const chosen = useSignal<number | undefined>(undefined);
  const { busy, problem, run } = useAction();
  const { status, completedCount, totalCount, items } = state.value;
  const ended = isJobEnded(state.value);
  const isKnown = state.value.seq >= 0;

  // The link to the zip appears with the first result.
  const { value: job } = useLoad(
    async () => (await ask(JobDocument, { id })).job,
    [id, ended, completedCount > 0],
  );

  const act = (send: () => Promise<unknown>, recipe: Recipe) =>
    void run(async () => {
      await send();
      recordRecipe(recipe);
      restart();
    });
  const retry = (codes: string[] | null) =>
    act(() => ask(RetryJobDocument, { id, codes }), retryRecipe(id, codes));
  const operations = job.value && describeOperations(job.value.operations);

  return (
    <Page
      title={operations ?? 'Job'}
      parent={{ label: 'All jobs', href: `${BASE_PATH}/jobs` }}
      subtitle={
        <span class={styles.subtitle}>
          {isKnown && <StatusChip status={status} />}
          {job.value &&
            `${countOf(job.value.totalCount, 'image')}, started ${formatTime(job.value.createdAt)}`}
          {isKnown && !ended && <LiveState connected={connected.value} />}
        </span>
      }
      actions={
        <>
          <RecipesButton
            more={() => [followRecipe(id), ended ? retryRecipe(id, null) : cancelRecipe(id), zipRecipe(id)]}
          />
          {isKnown && !ended && (
            <button
              type="button"
              disabled={busy.value}
              onClick={() => act(() => ask(CancelJobDocument, { id }), cancelRecipe(id))}
            >
              Cancel
            </button>
          )}
          {ended && completedCount < totalCount && (
            <button type="button" disabled={busy.value} onClick={() => retry(null)}>
              Retry {countOf(totalCount - completedCount, 'image')} without a result
            </button>
          )}
          {ended && completedCount > 0 && (
            <a class="button" href={`${BASE_PATH}/images`}>
              Show results
            </a>
          )}
          {job.value?.resultUrl && (
            <ZipLink
              jobId={id}
              url={job.value.resultUrl}
              label={ended ? 'Download zip' : 'Download zip so far'}
              run={run}
            />
          )}
        </>
      }
    >
      <Problem text={error.value ? errorText(error.value) : problem.value} />
      {isKnown && (
        <>
          <JobFigures state={state.value} job={job.value} />
          <div class={styles.columns}>
            <JobWall
              state={state.value}
              chosen={chosen.value}
              onChoose={(position) => {
                chosen.value = position;
              }}
            />
            <div class={styles.side}>
              <ItemCard
                jobId={id}
                totalCount={totalCount}
                position={chosen.value}
                version={chosen.value === undefined ? undefined : items.get(chosen.value)}
                onChoose={(position) => {
                  chosen.value = position;
                }}
              />
              <Failures
                groups={failuresByCode(state.value)}
                onRetry={ended && !busy.value ? retry : undefined}
              />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
