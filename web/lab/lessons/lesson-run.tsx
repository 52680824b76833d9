import { isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { errorText } from '../../api/error-text.js';
import { FiguresTable } from '../../charts/figures-table.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { useAction } from '../../ui/use-action.js';
import { CancelRunDocument } from '../generated/graphql.js';
import { NowCard } from '../run/now-card.js';
import { cellsOf } from '../run/run.model.js';
import { useRun } from '../run/use-run.js';
import { cellsTable, cellWords } from './cell-words.model.js';
import styles from './lesson-page.module.css';
import type { LessonProps } from './lesson-props.js';
import { LessonResult } from './lesson-result.js';
import { ReadingNote } from './reading-note.js';
import { useScrollTo } from './use-scroll-to.js';

/** The benchmark of a lesson: its progress, and its answer once it has ended. */
export function LessonRun(props: LessonProps<'BENCHMARK'> & { run: string }) {
  const { run, change } = props;
  const { state, facts, connected, error } = useRun(run);
  const { busy, problem, again, run: act } = useAction();
  const progress = useScrollTo<HTMLElement>();
  const restart = () => change({ guess: undefined, run: undefined });
  const known = facts.value;
  if (error.value) {
    return (
      <>
        <Problem text={errorText(error.value)} />
        <button type="button" onClick={restart}>
          Guess and run it yourself
        </button>
      </>
    );
  }
  if (known && isBenchmarkEnded(state.value.status)) {
    return <LessonResult {...props} state={state.value} facts={known} onAgain={restart} />;
  }
  const cells = cellsOf(state.value);
  return (
    <section ref={progress} class={`${styles.card} ${styles.running}`}>
      <Problem text={problem.value} again={again.value} />
      {known && (
        <div class={styles.now}>
          <NowCard state={state.value} facts={known} cellText={cellWords} />
        </div>
      )}
      <p role="status">
        {connected.value
          ? 'The run goes on at the server, also while this page is closed.'
          : 'Connection lost. Reconnecting …'}
      </p>
      {cells.length > 0 && <FiguresTable table={cellsTable(cells)} />}
      <p class={styles.note}>
        <ReadingNote />
      </p>
      <button
        type="button"
        disabled={busy.value}
        onClick={() => void act(async () => void (await ask(CancelRunDocument, { id: run })))}
      >
        Cancel
      </button>
    </section>
  );
}
