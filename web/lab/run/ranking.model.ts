/** The models of the recommended work, fastest first, each with what the samples say about it. */
import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import type { RecommendationOutcome } from '../../../src/benchmark/analysis/decision.js';
import { cellKey, toCell } from '../../../src/benchmark/cell.js';
import { bestOfModels, type WorkGroup, workGroups } from '../../../src/benchmark/charts/work-group.js';
import type { RunView } from './run-view.model.js';

export type Standing =
  | 'WIN'
  | 'CHEAPEST_TIE'
  | 'TIE'
  | 'BEST_MEASURED'
  | 'MAYBE_FASTER'
  | 'SLOWER'
  | 'UNKNOWN';

export interface RankedModel {
  cell: BenchmarkCell;
  standing: Standing;
}

export interface Ranking {
  group: WorkGroup;
  models: RankedModel[];
}

/** Standing of the recommended cell, and of its alternatives. */
const STANDINGS: Readonly<Record<RecommendationOutcome, { chosen: Standing; alternative: Standing }>> = {
  WIN: { chosen: 'WIN', alternative: 'SLOWER' },
  TIE: { chosen: 'CHEAPEST_TIE', alternative: 'TIE' },
  UNDECIDED: { chosen: 'BEST_MEASURED', alternative: 'MAYBE_FASTER' },
};

/** The work that the recommendation is about, else the largest that has cells. Undefined without cells. */
export function ranking(view: RunView): Ranking | undefined {
  const { recommendation } = view;
  const groups = workGroups(view);
  const ofEngine = groups.filter(({ engine }) => !recommendation || engine === recommendation.engine);
  const largest = Math.max(...ofEngine.map(({ imageCount }) => imageCount));
  const group = ofEngine.find(({ imageCount }) => imageCount === largest);
  if (!group) return undefined;
  const shown = shownCells(group, recommendation);
  return { group, models: shown.map((cell) => ({ cell, standing: standingOf(cell, recommendation) })) };
}

/** Every model at its best; the recommended cell in place of a faster one of its model. */
function shownCells(group: WorkGroup, recommendation: RunView['recommendation']): BenchmarkCell[] {
  const chosen = group.compared.find((cell) => recommendation && isSame(cell, recommendation));
  const best = bestOfModels(group).map((cell) => (cell.model === chosen?.model ? chosen : cell));
  return best.toSorted((a, b) => a.medianMs - b.medianMs);
}

function standingOf(cell: BenchmarkCell, recommendation: RunView['recommendation']): Standing {
  if (!recommendation) return 'UNKNOWN';
  const { chosen, alternative } = STANDINGS[recommendation.outcome];
  if (isSame(cell, recommendation)) return chosen;
  const key = cellKey(toCell(cell));
  if (recommendation.alternatives.some((other) => cellKey(other) === key)) return alternative;
  return cell.medianInterval ? 'SLOWER' : 'UNKNOWN';
}

const isSame = (a: Pick<BenchmarkCell, 'model' | 'workers'>, b: Pick<BenchmarkCell, 'model' | 'workers'>) =>
  a.model === b.model && a.workers === b.workers;
