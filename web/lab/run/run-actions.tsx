import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { type BenchmarkStatus, isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { RecipesButton } from '../../recipes/recipes-button.js';
import { ask } from '../../session/session.js';
import { notify } from '../../ui/notices.js';
import { useAction } from '../../ui/use-action.js';
import { CancelRunDocument, type RunFactsFragment } from '../generated/graphql.js';
import { cancelRecipe, followRecipe, reportRecipe, resultRecipe, runRecipe } from '../lab-recipes.model.js';
import { addToTray, tray } from '../runs/tray.js';
import { inputAgain } from './run-again.model.js';
import { RunAgainButton } from './run-again-button.js';

interface RunActionsProps {
  facts: RunFactsFragment;
  status: BenchmarkStatus;
  cells: readonly BenchmarkCell[];
}

/** Cancel, repeat, and comparison. */
export function RunActions({ facts, status, cells }: RunActionsProps) {
  const { busy, problem, run } = useAction();
  const { id, name, imported } = facts;
  const act = (work: () => Promise<void>) =>
    void run(work).then((succeeded) => {
      if (!succeeded) notify(problem.value, { kind: 'ERROR' });
    });
  const cancel = async () => {
    await ask(CancelRunDocument, { id });
    recordRecipe(cancelRecipe(id));
  };
  const ended = isBenchmarkEnded(status);
  const recipes = () => [
    followRecipe(id),
    resultRecipe(id),
    reportRecipe(id, 'MARKDOWN'),
    ...(ended ? [] : [cancelRecipe(id)]),
    ...(imported || cells.length === 0 ? [] : [runRecipe(inputAgain(facts, cells))]),
  ];
  return (
    <>
      <RecipesButton more={recipes} />
      {cells.length > 0 && (
        <button
          type="button"
          disabled={tray.value.some((run) => run.id === id)}
          onClick={() => addToTray({ id, name })}
        >
          Add to compare
        </button>
      )}
      {!ended && (
        <button type="button" disabled={busy.value} onClick={() => act(cancel)}>
          Cancel run
        </button>
      )}
      {ended && !facts.error && <RunAgainButton facts={facts} cells={cells} busy={busy} act={act} />}
    </>
  );
}
