import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import { errorText } from '../api/error-text.js';
import {
  CancelJobDocument,
  JobDocument,
  type JobRowFragment,
  RetryJobDocument,
} from '../api/generated/graphql.js';
import { ask } from '../session/session.js';
import { Card, Problem } from '../ui/card.js';
import { countOf } from '../ui/format.js';
import { Page } from '../ui/page.js';
import { StatusChip } from '../ui/status-chip.js';
import { useAction } from '../ui/use-action.js';
import { failuresByCode, isJobEnded } from './job.model.js';
import styles from './job-page.module.css';
import { JobWall } from './job-wall.js';
import { useJob } from './use-job.js';

/** One job: progress, a tile for each image, failures by cause, cancel, retry and download. */
export default function JobPage() {
  const { id = '' } = useRoute().params;
  const { state, connected, error, restart } = useJob(id);
  const job = useSignal<JobRowFragment | undefined>(undefined);
  const { busy, problem, run } = useAction();
  const { status, totalCount, completedCount, failedCount } = state.value;
  const ended = isJobEnded(state.value);

  useEffect(() => {
    void run(async () => {
      job.value = (await ask(JobDocument, { id })).job;
    });
  }, [id, ended]);

  const act = (send: () => Promise<unknown>) =>
    void run(async () => {
      await send();
      restart();
    });
  const cancel = () => act(() => ask(CancelJobDocument, { id }));
  const retry = () => act(() => ask(RetryJobDocument, { id }));

  return (
    <Page
      title={`Job of ${countOf(totalCount, 'image')}`}
      subtitle={<StatusChip status={status} />}
      actions={
        <>
          {!ended && (
            <button type="button" disabled={busy.value} onClick={cancel}>
              Cancel
            </button>
          )}
          {ended && completedCount < totalCount && (
            <button type="button" disabled={busy.value} onClick={retry}>
              Retry what has no result
            </button>
          )}
          {job.value?.resultUrl && (
            <a class={styles.download} href={job.value.resultUrl}>
              Download zip
            </a>
          )}
        </>
      }
    >
      <Problem text={error.value ? errorText(error.value) : problem.value} />
      {!connected.value && !ended && <p role="status">Connection lost. Reconnecting …</p>}
      <label class={styles.progress}>
        {completedCount + failedCount} of {totalCount} ended
        <progress max={Math.max(1, totalCount)} value={completedCount + failedCount} />
      </label>
      <JobWall state={state.value} />
      <Failures groups={failuresByCode(state.value)} />
    </Page>
  );
}

function Failures({ groups }: { groups: ReturnType<typeof failuresByCode> }) {
  if (groups.length === 0) return null;
  return (
    <Card title="Failures">
      <ul>
        {groups.map(({ code, count, message }) => (
          <li key={code}>
            <strong>
              {count} × {code}
            </strong>{' '}
            {message}
          </li>
        ))}
      </ul>
    </Card>
  );
}
