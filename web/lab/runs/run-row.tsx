import { useSignal } from '@preact/signals';
import { isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { isMissing } from '../../api/error-facts.js';
import { BASE_PATH } from '../../app/base-path.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { ask } from '../../session/session.js';
import { countOf, formatTime } from '../../ui/format.js';
import { notify } from '../../ui/notices.js';
import { StatusChip } from '../../ui/status/status-chip.js';
import { useAction } from '../../ui/use-action.js';
import { DeleteRunDocument, type RunRowFragment } from '../generated/graphql.js';
import { deleteRecipe } from '../lab-recipes.model.js';
import styles from './run-list.module.css';
import { chipOf } from './run-status.model.js';
import { Sparkline } from './sparkline.js';
import { addToTray, removeFromTray, tray } from './tray.js';

interface RunRowProps {
  run: RunRowFragment;
  /** Whether any run is measured now. */
  isMeasuring: boolean;
  onDeleted(): void;
}

/** One run of the list. */
export function RunRow({ run, isMeasuring, onDeleted }: RunRowProps) {
  const { id, name, status, progress, totalCells, createdAt, imported } = run;
  const isChosen = tray.value.some((one) => one.id === id);
  return (
    <li>
      <a class={styles.row} href={`${BASE_PATH}/lab/${id}`}>
        <StatusChip status={chipOf(status)} />
        <span class={styles.name}>
          <bdi>{name}</bdi>
        </span>
        <Sparkline runId={id} isAllowed={!isMeasuring && isBenchmarkEnded(status)} />
        <span class={styles.count}>
          {countOf(totalCells, 'cell')}
          {imported && ', imported'}
          {status === 'RUNNING' && <progress max={1} value={progress} aria-label="Progress" />}
        </span>
        <time dateTime={createdAt}>{formatTime(createdAt)}</time>
      </a>
      <button
        type="button"
        aria-pressed={isChosen}
        aria-label={`Compare ${name}`}
        onClick={() => (isChosen ? removeFromTray(id) : addToTray({ id, name }))}
      >
        Compare
      </button>
      <DeleteButton id={id} name={name} onDeleted={onDeleted} />
    </li>
  );
}

/** Deletes after a second click: a run cannot be restored. */
function DeleteButton({ id, name, onDeleted }: { id: string; name: string; onDeleted(): void }) {
  const { busy, problem, run } = useAction();
  const isAsked = useSignal(false);
  const remove = async () => {
    const succeeded = await run(async () => {
      await deleteRun(id);
      removeFromTray(id);
    });
    if (succeeded) onDeleted();
    else notify(problem.value, { kind: 'ERROR' });
  };
  return (
    <button
      type="button"
      class={isAsked.value ? 'danger' : undefined}
      disabled={busy.value}
      aria-label={isAsked.value ? `Really delete ${name}?` : `Delete ${name}`}
      onBlur={() => {
        isAsked.value = false;
      }}
      onClick={({ detail: clicks }) => {
        if (!isAsked.value) isAsked.value = true;
        // The second half of a double click has not read the question.
        else if (clicks <= 1) void remove();
      }}
    >
      {isAsked.value ? 'Really?' : 'Delete'}
    </button>
  );
}

/** Deletes a run that another tab may have deleted before. */
async function deleteRun(id: string): Promise<void> {
  try {
    await ask(DeleteRunDocument, { id });
    recordRecipe(deleteRecipe(id));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
