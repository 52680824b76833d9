import { useLocation } from 'preact-iso/router';
import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { BASE_PATH } from '../../app/base-path.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { ask } from '../../session/session.js';
import type { Action } from '../../ui/use-action.js';
import { type RunFactsFragment, StartRunDocument } from '../generated/graphql.js';
import { runRecipe } from '../lab-recipes.model.js';
import { inputAgain } from './run-again.model.js';

interface RunAgainButtonProps {
  facts: RunFactsFragment;
  cells: readonly BenchmarkCell[];
  busy: Action['busy'];
  act(work: () => Promise<void>): void;
}

/** Measures the same cells in the same order again. Nothing for a run that was imported, or that has no samples. */
export function RunAgainButton({ facts, cells, busy, act }: RunAgainButtonProps) {
  const { route } = useLocation();
  if (facts.imported || cells.length === 0) return null;
  const repeat = async () => {
    const input = inputAgain(facts, cells);
    const { runBenchmark } = await ask(StartRunDocument, { input });
    recordRecipe(runRecipe(input));
    route(`${BASE_PATH}/lab/${runBenchmark.id}`);
  };
  return (
    <button type="button" disabled={busy.value} onClick={() => act(repeat)}>
      Run again with the same seed
    </button>
  );
}
