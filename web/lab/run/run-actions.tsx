import { useLocation } from 'preact-iso/router';
import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { type BenchmarkStatus, isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { BASE_PATH } from '../../app/base-path.js';
import { ask } from '../../session/session.js';
import { notify } from '../../ui/notices.js';
import { useAction } from '../../ui/use-action.js';
import { CancelRunDocument, type RunFactsFragment, StartRunDocument } from '../generated/graphql.js';
import { addToTray, tray } from '../runs/tray.js';
import { inputAgain } from './run-again.model.js';

interface RunActionsProps {
  facts: RunFactsFragment;
  status: BenchmarkStatus;
  cells: readonly BenchmarkCell[];
}

/** Cancel, repeat, and comparison. */
export function RunActions({ facts, status, cells }: RunActionsProps) {
  const { route } = useLocation();
  const { busy, problem, run } = useAction();
  const { id, name, imported } = facts;
  const act = (work: () => Promise<void>) =>
    void run(work).then((succeeded) => {
      if (!succeeded) notify(problem.value, { kind: 'ERROR' });
    });
  const repeat = async () => {
    const { runBenchmark } = await ask(StartRunDocument, { input: inputAgain(facts, cells) });
    route(`${BASE_PATH}/lab/${runBenchmark.id}`);
  };
  const ended = isBenchmarkEnded(status);
  return (
    <>
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
        <button
          type="button"
          disabled={busy.value}
          onClick={() => act(async () => void (await ask(CancelRunDocument, { id })))}
        >
          Cancel run
        </button>
      )}
      {ended && !imported && cells.length > 0 && (
        <button type="button" disabled={busy.value} onClick={() => act(repeat)}>
          Run again with the same seed
        </button>
      )}
    </>
  );
}
