import styles from './status-chip.module.css';

const LABELS = {
  QUEUED: 'Waiting',
  PROCESSING: 'Running',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
} as const;

/** Status in a word, with a colour beside it. */
export function StatusChip({ status }: { status: keyof typeof LABELS }) {
  return (
    <span class={styles.chip} data-status={status}>
      {LABELS[status]}
    </span>
  );
}
