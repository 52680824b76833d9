import type { JobRowFragment } from '../api/generated/graphql.js';
import { formatDuration } from '../ui/format.js';
import { isJobEnded, type JobState, throughput, timeLeftMs } from './job.model.js';
import styles from './job-figures.module.css';

/** The figures of a job: how much has ended, how fast, and how long it will take. */
export function JobFigures({ state, job }: { state: JobState; job: JobRowFragment | undefined }) {
  const { completedCount, failedCount, totalCount } = state;
  const ended = isJobEnded(state);
  const perSecond = ended ? averageOf(state, job) : throughput(state);
  const left = timeLeftMs(state);
  const cancelled = ended ? totalCount - completedCount - failedCount : 0;
  return (
    <>
      <dl class={styles.figures}>
        <Figure label="Completed" value={`${number(completedCount)} of ${number(totalCount)}`} />
        <Figure
          label="Throughput"
          value={perSecond === undefined ? '–' : `${perSecond.toFixed(1)} per second`}
        />
        {ended ? (
          <Figure label="Duration" value={job?.durationMs ? formatDuration(job.durationMs) : '–'} />
        ) : (
          <Figure label="Time left" value={left === undefined ? '–' : formatDuration(left)} />
        )}
        <Figure label="Failed" value={number(failedCount)} isBad={failedCount > 0} />
        {cancelled > 0 && <Figure label="Cancelled" value={number(cancelled)} />}
        {job && <Figure label="Computed by" value={`${job.engine}, ${job.pool.toLowerCase()}`} />}
      </dl>
      <div
        class={styles.progress}
        role="progressbar"
        aria-label="Images that have ended"
        aria-valuemin={0}
        aria-valuemax={totalCount}
        aria-valuenow={completedCount + failedCount}
      >
        <span data-status="COMPLETED" style={{ width: share(completedCount, totalCount) }} />
        <span data-status="FAILED" style={{ width: share(failedCount, totalCount) }} />
      </div>
    </>
  );
}

function Figure({ label, value, isBad = false }: { label: string; value: string; isBad?: boolean }) {
  return (
    <div class={styles.figure}>
      <dt>{label}</dt>
      <dd data-bad={isBad}>{value}</dd>
    </div>
  );
}

/** Images a second, from the first start to the last end. */
function averageOf({ completedCount, failedCount }: JobState, job: JobRowFragment | undefined) {
  if (!job?.durationMs) return undefined;
  return ((completedCount + failedCount) * 1_000) / job.durationMs;
}

const number = (count: number): string => count.toLocaleString('en');
const share = (count: number, total: number): string => `${total > 0 ? (count / total) * 100 : 0}%`;
