import styles from './race-wait.module.css';

interface RaceWaitProps {
  /** Whether this page has sent the request and waits for its answer: after a reload it only looks for the result. */
  isSending: boolean;
  onAgain(): void;
  onStop(): void;
}

/** An experiment goes on at the server. */
export function RaceWait({ isSending, onAgain, onStop }: RaceWaitProps) {
  return (
    <section class={styles.waiting}>
      <p role="status">
        The threads add. The result appears here, also after a reload: it takes up to a minute, and longer
        where other experiments wait.
      </p>
      <progress aria-label="The experiment runs" />
      {!isSending && (
        <p>
          This page does not know whether the experiment has started: a server that measures something else
          may have refused it. Start it again if no result appears within a minute.
        </p>
      )}
      <div class={styles.buttons}>
        {!isSending && (
          <button type="button" onClick={onAgain}>
            Start it again
          </button>
        )}
        <button type="button" onClick={onStop}>
          Do not wait
        </button>
      </div>
    </section>
  );
}
