import styles from './live-state.module.css';

/** Whether events arrive. */
export function LiveState({ connected }: { connected: boolean }) {
  return (
    <span role="status" class={styles.live} data-connected={connected}>
      {connected ? 'Live' : 'Connection lost. Reconnecting …'}
    </span>
  );
}
