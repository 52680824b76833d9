import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type JobStatus, JobsDocument, type JobsQuery } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { ask } from '../session/session.js';
import { Problem } from '../ui/card.js';
import { countOf, formatTime } from '../ui/format.js';
import { Page } from '../ui/page.js';
import { StatusChip } from '../ui/status-chip.js';
import { useAction } from '../ui/use-action.js';
import styles from './jobs-page.module.css';

const PAGE_SIZE = 50;
const FILTERS: Record<JobStatus | 'ALL', string> = {
  ALL: 'All',
  QUEUED: 'Waiting',
  PROCESSING: 'Running',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
};

/** The user's jobs, newest first. */
export default function JobsPage() {
  const filter = useSignal<JobStatus | 'ALL'>('ALL');
  const jobs = useSignal<JobsQuery['jobs'] | undefined>(undefined);
  const { problem, run } = useAction();
  const status = filter.value;
  useEffect(() => {
    void run(async () => {
      const variables = { first: PAGE_SIZE, after: null, status: status === 'ALL' ? null : status };
      jobs.value = (await ask(JobsDocument, variables)).jobs;
    });
  }, [status]);
  return (
    <Page
      title="Jobs"
      subtitle={jobs.value && `${countOf(jobs.value.totalCount, 'job')}, newest first`}
      actions={
        <label>
          Status{' '}
          <select
            value={status}
            onChange={({ currentTarget }) => {
              filter.value = currentTarget.value as JobStatus | 'ALL';
            }}
          >
            {Object.entries(FILTERS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Problem text={problem.value} />
      <ul class={styles.list}>
        {jobs.value?.edges.map(({ node: job }) => (
          <li key={job.id}>
            <a href={`${BASE_PATH}/jobs/${job.id}`}>
              <StatusChip status={job.status} />
              <strong>{countOf(job.totalCount, 'image')}</strong>
              <span class={styles.operations}>
                {job.operations.map(({ kind }) => kind.toLowerCase()).join(', ')} with {job.engine}
              </span>
              <span>{job.failedCount > 0 && `${job.failedCount} failed`}</span>
              <time dateTime={job.createdAt}>{formatTime(job.createdAt)}</time>
            </a>
          </li>
        ))}
      </ul>
      {jobs.value?.edges.length === 0 && (
        <p>
          No jobs here. Select images on the <a href={`${BASE_PATH}/images`}>images page</a> and process them.
        </p>
      )}
    </Page>
  );
}
