import { useLocation } from 'preact-iso/router';
import { BASE_PATH } from '../../app/base-path.js';
import { RecipesButton } from '../../recipes/recipes-button.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { Page } from '../../ui/page.js';
import { useLoad } from '../../ui/use-load.js';
import { ComparisonDocument, type ComparisonQuery, RunNameDocument } from '../generated/graphql.js';
import { compareRecipe } from '../lab-recipes.model.js';
import { Section } from '../result/section.js';
import { ImportButton } from '../runs/import-button.js';
import { addToTray, comparisonPath, tray } from '../runs/tray.js';
import { TrayBar } from '../runs/tray-bar.js';
import { CandidateSection } from './candidate-section.js';
import styles from './compare-page.module.css';
import { comparedIds, type NamedRun } from './comparison.model.js';
import { EnvironmentsSection } from './environments-section.js';

interface Compared {
  baseline: NamedRun;
  candidates: readonly NamedRun[];
  comparison: ComparisonQuery['compareBenchmarks'];
}

/** Runs compared with a baseline: ratios with intervals, verdicts, differences and the gate. */
export default function ComparePage() {
  const { query, route } = useLocation();
  const { baseline, candidates } = comparedIds(query);
  const { value, problem } = useLoad(
    async () => (baseline === '' || candidates.length === 0 ? undefined : load(baseline, candidates)),
    [baseline, candidates.join()],
  );
  // A tray with the runs of this page would lead back to it.
  const isTrayElse = tray.value.map(({ id }) => id).join() !== [baseline, ...candidates].join();
  const swap = () => {
    const [first, ...rest] = value.value?.candidates ?? [];
    if (first && value.value) {
      route(`${BASE_PATH}${comparisonPath([first, value.value.baseline, ...rest])}`);
    }
  };
  return (
    <Page
      title="Compare runs"
      parent={{ label: 'All runs', href: `${BASE_PATH}/lab` }}
      subtitle={value.value && `Baseline: ${value.value.baseline.name}`}
      actions={
        <>
          {value.value && <RecipesButton more={() => [compareRecipe(baseline, candidates)]} />}
          <ImportButton onImported={addToTray} />
          {value.value && (
            <button type="button" onClick={swap}>
              Swap baseline and candidate
            </button>
          )}
        </>
      }
    >
      <Problem text={problem.value} />
      {value.value ? <Result {...value.value} /> : candidates.length === 0 && <Empty />}
      {isTrayElse && <TrayBar />}
    </Page>
  );
}

function Result({ baseline, candidates, comparison: { rows, differences } }: Compared) {
  return (
    <div class={styles.content}>
      {candidates.map((candidate) => (
        <CandidateSection
          key={candidate.id}
          baseline={baseline}
          candidate={candidate}
          rows={rows.filter(({ benchmarkId }) => benchmarkId === candidate.id)}
        />
      ))}
      <EnvironmentsSection runs={[baseline, ...candidates]} differences={differences} />
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

/** @throws AppError */
async function load(baselineId: string, candidateIds: string[]): Promise<Compared> {
  const [{ compareBenchmarks }, baseline, ...candidates] = await Promise.all([
    ask(ComparisonDocument, { baselineId, candidateIds }),
    named(baselineId),
    ...candidateIds.map(named),
  ]);
  return { baseline, candidates, comparison: compareBenchmarks };
}

const named = async (id: string): Promise<NamedRun> => (await ask(RunNameDocument, { id })).benchmark;
