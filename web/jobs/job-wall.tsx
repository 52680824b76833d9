import type { ItemStatus, JobState } from './job.model.js';
import styles from './job-wall.module.css';

const WORDS: Record<ItemStatus, string> = {
  QUEUED: 'not ended',
  PROCESSING: 'not ended',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

/** A tile for each image of a job. Colour and shape show its status; the title says it in words. */
export function JobWall({ state: { totalCount, items } }: { state: JobState }) {
  return (
    <ol class={styles.wall} aria-label="Images of the job">
      {Array.from({ length: totalCount }, (_, position) => {
        const item = items.get(position);
        const status = item?.status ?? 'QUEUED';
        const words = `Image ${position + 1}: ${WORDS[status]}${item?.message ? `. ${item.message}` : ''}`;
        return <li key={position} data-status={status} title={words} aria-label={words} />;
      })}
    </ol>
  );
}
