import { useLocation } from 'preact-iso/router';
import { BASE_PATH } from '../../app/base-path.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { RecipesButton } from '../../recipes/recipes-button.js';
import { withChosenImages } from '../../session/chosen-images.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { countOf, formatDuration } from '../../ui/format.js';
import { useAction } from '../../ui/use-action.js';
import { useLoad } from '../../ui/use-load.js';
import { PlanDocument, type PlanQuery, StartRunDocument } from '../generated/graphql.js';
import { listRecipe, planRecipe, runRecipe } from '../lab-recipes.model.js';
import { useDebounced } from '../use-debounced.js';
import { type PlanDraft, requestFor } from './plan.model.js';
import styles from './plan-form.module.css';

/** After a change, the plan is asked for when this time has passed without another one, in ms. */
const PAUSE_MS = 350;
/** Runs in the code to copy. */
const LISTED = 20;

interface PlanPreviewProps {
  draft: PlanDraft;
  imageIds: readonly string[];
  processors: number;
}

/** What a run would cost and how reliable it would be, before it starts. */
export function PlanPreview({ draft, imageIds, processors }: PlanPreviewProps) {
  const { route } = useLocation();
  const { busy, problem: startProblem, again: startAgain, run } = useAction();
  const request = requestFor(draft, imageIds, processors);
  const input = 'input' in request ? request.input : undefined;
  const asked = useDebounced(JSON.stringify(input), PAUSE_MS);
  const {
    value: plan,
    problem,
    again,
  } = useLoad(
    async () =>
      asked
        ? (await withChosenImages(() => ask(PlanDocument, { input: JSON.parse(asked) }))).benchmarkPlan
        : undefined,
    [asked],
  );
  const start = () =>
    run(async () => {
      if (!input) return;
      const { runBenchmark } = await withChosenImages(() => ask(StartRunDocument, { input }));
      recordRecipe(runRecipe(input));
      route(`${BASE_PATH}/lab/${runBenchmark.id}`);
    });
  const refused = 'problem' in request ? request.problem : problem.value;
  return (
    <aside class={styles.preview} aria-label="Plan">
      {!refused && plan.value && <Cost plan={plan.value} isLimited={input?.maxSeconds != null} />}
      <Problem text={refused || startProblem.value} again={again.value ?? startAgain.value} />
      <button
        type="button"
        class="primary"
        disabled={busy.value || !input || refused !== ''}
        onClick={() => void start()}
      >
        Start
      </button>
      <RecipesButton
        more={() => [...(input ? [runRecipe(input), planRecipe(input)] : []), listRecipe(LISTED)]}
      />
    </aside>
  );
}

interface CostProps {
  plan: PlanQuery['benchmarkPlan'];
  /** By a time, so that fewer samples may be measured. */
  isLimited: boolean;
}

function Cost({ plan: { totalCells, totalSamples, estimatedSeconds, warnings }, isLimited }: CostProps) {
  const most = isLimited ? 'at most ' : '';
  return (
    <div role="status">
      <p>
        <strong>{countOf(totalCells, 'cell')}</strong> × {most}
        {countOf(Math.round(totalSamples / totalCells), 'sample')} = {most}
        <strong>{countOf(totalSamples, 'sample')}</strong>
      </p>
      <p>
        {estimatedSeconds === null ? (
          'Duration: not known before the first run of this work.'
        ) : (
          <>
            About <strong>{formatDuration(estimatedSeconds * 1_000)}</strong>
          </>
        )}
      </p>
      {warnings.length > 0 && (
        <ul class={styles.warnings}>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
