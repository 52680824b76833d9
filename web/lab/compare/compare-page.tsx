import { useLocation } from 'preact-iso/router';
import { isMissing } from '../../api/error-facts.js';
import { BASE_PATH } from '../../app/base-path.js';
import type { Recipe } from '../../recipes/recipe.model.js';
import { RecipesButton } from '../../recipes/recipes-button.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { countOf, formatTime } from '../../ui/format.js';
import { Page } from '../../ui/page.js';
import { useLoad } from '../../ui/use-load.js';
import {
  ComparisonDocument,
  type ComparisonQuery,
  RunNameDocument,
  type RunNameQuery,
} from '../generated/graphql.js';
import { compareRecipe } from '../lab-recipes.model.js';
import { Section } from '../result/section.js';
import { ImportButton } from '../runs/import-button.js';
import { addToTray, comparisonPath, tray } from '../runs/tray.js';
import { TrayBar } from '../runs/tray-bar.js';
import { CandidateSection } from './candidate-section.js';
import styles from './compare-page.module.css';
import { comparedIds, distinctRuns, type NamedRun } from './comparison.model.js';
import { EnvironmentsSection } from './environments-section.js';

interface Compared {
  baseline: NamedRun;
  candidates: readonly NamedRun[];
  /** Candidates of the address that are not there: deleted, or of another account. */
  missing: number;
  /** Null where no candidate is left. */
  comparison: ComparisonQuery['compareBenchmarks'] | null;
}

/** Runs compared with a baseline: ratios with intervals, verdicts, differences and the gate. */
export default function ComparePage() {
  const { baseline, candidates } = comparedIds(useLocation().query);
  const { value, problem, again } = useLoad(
    async () => (baseline === '' || candidates.length === 0 ? undefined : load(baseline, candidates)),
    [baseline, candidates.join()],
  );
  // A tray with the runs of this page would lead back to it.
  const isTrayElse = tray.value.map(({ id }) => id).join() !== [baseline, ...candidates].join();
  // The answer for an earlier address does not belong to a problem of this one.
  const compared = problem.value === '' ? value.value : undefined;
  return (
    <Page
      title="Compare runs"
      parent={{ label: 'All runs', href: `${BASE_PATH}/lab` }}
      subtitle={
        compared && (
          <>
            Baseline: <bdi>{compared.baseline.name}</bdi>
          </>
        )
      }
      actions={
        <>
          {compared && <RecipesButton more={() => recipes(compared)} />}
          <ImportButton onImported={addToTray} />
          {compared && <SwapButton {...compared} />}
        </>
      }
    >
      <Problem text={problem.value} again={again.value} />
      {compared ? <Result {...compared} /> : candidates.length === 0 && <Empty />}
      {(isTrayElse || problem.value !== '') && <TrayBar />}
    </Page>
  );
}

/** Makes the first candidate the baseline. */
function SwapButton({ baseline, candidates: [first, ...rest] }: Compared) {
  const { route } = useLocation();
  if (!first) return null;
  return (
    <button type="button" onClick={() => route(`${BASE_PATH}${comparisonPath([first, baseline, ...rest])}`)}>
      Swap baseline and candidate
    </button>
  );
}

function Result({ baseline, candidates, missing, comparison }: Compared) {
  const { rows, differences } = comparison ?? { rows: [], differences: [] };
  return (
    <div class={styles.content}>
      {missing > 0 && (
        <p role="status">
          {countOf(missing, 'run')} of this address {missing === 1 ? 'is' : 'are'} not compared: deleted, or
          of another account.
        </p>
      )}
      {candidates.map((candidate) => (
        <CandidateSection
          key={candidate.id}
          baseline={baseline}
          candidate={candidate}
          rows={rows.filter(({ benchmarkId }) => benchmarkId === candidate.id)}
        />
      ))}
      {comparison && <EnvironmentsSection runs={[baseline, ...candidates]} differences={differences} />}
    </div>
  );
}

function Empty() {
  return (
    <Section id="empty" title="Nothing to compare yet">
      <p>
        {tray.value.length === 1
          ? 'One run is in the tray. Add another one: '
          : 'Add a baseline and at least one other run to the tray: '}
        press “Compare” beside a run of the <a href={`${BASE_PATH}/lab`}>laboratory</a>, or import a report
        here.
      </p>
    </Section>
  );
}

type LoadedRun = RunNameQuery['benchmark'];

/** Compares with the candidates that are there. @throws AppError NOT_FOUND where the baseline is not */
async function load(baselineId: string, candidateIds: readonly string[]): Promise<Compared> {
  const [first, ...found] = await Promise.all([named(baselineId), ...candidateIds.map(namedIfFound)]);
  const others = found.filter((run) => run !== undefined);
  const missing = candidateIds.length - others.length;
  const [baseline = first, ...candidates] = distinctRuns([first, ...others], formatTime);
  if (candidates.length === 0) return { baseline, candidates, missing, comparison: null };
  const ids = candidates.map(({ id }) => id);
  const { compareBenchmarks } = await ask(ComparisonDocument, { baselineId, candidateIds: ids });
  return { baseline, candidates, missing, comparison: compareBenchmarks };
}

const named = async (id: string): Promise<LoadedRun> => (await ask(RunNameDocument, { id })).benchmark;

/** None where nothing is compared: the API wants a candidate. */
function recipes({ baseline, candidates }: Compared): Recipe[] {
  if (candidates.length === 0) return [];
  const ids = candidates.map(({ id }) => id);
  return [compareRecipe(baseline.id, ids)];
}

async function namedIfFound(id: string): Promise<LoadedRun | undefined> {
  try {
    return await named(id);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
