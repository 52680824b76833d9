import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { describeOperations } from '../api/describe-operations.model.js';
import { type JobRowFragment, JobsDocument, type JobsQueryVariables } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { RecipesButton } from '../recipes/recipes-button.js';
import { ask } from '../session/session.js';
import { Problem } from '../ui/card.js';
import { ChoiceBar } from '../ui/choice-bar.js';
import { countOf, formatTime } from '../ui/format.js';
import { Page } from '../ui/page.js';
import { StatusChip } from '../ui/status/status-chip.js';
import { useLoad } from '../ui/use-load.js';
import { isJobEnded } from './job.model.js';
import { listRecipe } from './job-recipes.model.js';
import styles from './jobs-page.module.css';

const PAGE_SIZE = 30;
/** While a job runs, the list is loaded again this long after an answer. */
const REFRESH_MS = 3_000;

type JobFilter = 'ALL' | 'RUNNING' | 'QUEUED' | 'COMPLETED' | 'FAILURES' | 'CANCELLED';

const LABELS: Record<JobFilter, string> = {
  ALL: 'All',
  RUNNING: 'Running',
  QUEUED: 'Waiting',
  COMPLETED: 'Completed',
  FAILURES: 'With failures',
  CANCELLED: 'Cancelled',
};
type Restriction = Pick<JobsQueryVariables, 'status' | 'hasFailures'>;
const RESTRICTIONS: Record<JobFilter, Restriction> = {
  ALL: {},
  RUNNING: { status: 'PROCESSING' },
  QUEUED: { status: 'QUEUED' },
  COMPLETED: { status: 'COMPLETED' },
  FAILURES: { hasFailures: true },
  CANCELLED: { status: 'CANCELLED' },
};

interface JobList {
  jobs: readonly JobRowFragment[];
  totalCount: number;
}

/** The user's jobs, newest first. */
export default function JobsPage() {
  const filter = useSignal<JobFilter>('ALL');
  const shown = useSignal(PAGE_SIZE);
  const round = useSignal(0);
  const answers = useSignal(0);
  const chosen = filter.value;
  const {
    value: list,
    problem,
    again,
  } = useLoad(async () => {
    try {
      const loaded = await loadJobs(RESTRICTIONS[chosen], shown.value);
      recordRecipe(listRecipe(PAGE_SIZE, RESTRICTIONS[chosen]));
      return loaded;
    } finally {
      answers.value++;
    }
  }, [chosen, shown.value, round.value]);
  const hasRunning = list.value?.jobs.some((job) => !isJobEnded(job)) ?? false;
  useEffect(() => {
    if (!hasRunning) return;
    const refresh = () => {
      if (!document.hidden) round.value++;
    };
    const timer = setTimeout(refresh, REFRESH_MS);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [hasRunning, answers.value]);

  return (
    <Page
      title="Jobs"
      subtitle={list.value && `${countOf(list.value.totalCount, 'job')}, newest first`}
      actions={
        <>
          <ChoiceBar
            label="Show"
            choices={LABELS}
            value={chosen}
            onChoose={(choice) => {
              filter.value = choice;
              shown.value = PAGE_SIZE;
            }}
          />
          <RecipesButton />
        </>
      }
    >
      <Problem text={problem.value} again={again.value} />
      <ul class={styles.list}>
        {list.value?.jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
      {list.value && list.value.jobs.length < list.value.totalCount && (
        <button
          type="button"
          class={styles.more}
          onClick={() => {
            shown.value += PAGE_SIZE;
          }}
        >
          Show more
        </button>
      )}
      {list.value?.jobs.length === 0 && (
        <p class={styles.empty}>
          {chosen === 'ALL' ? 'No jobs yet. Open an image' : 'No such jobs. Open an image'} on the{' '}
          <a href={`${BASE_PATH}/images`}>images page</a>, and apply its pipeline to more images.
        </p>
      )}
    </Page>
  );
}

function JobRow({ job }: { job: JobRowFragment }) {
  const ended = job.completedCount + job.failedCount + job.cancelledCount;
  return (
    <li>
      <a href={`${BASE_PATH}/jobs/${job.id}`}>
        <StatusChip status={job.status} />
        <span class={styles.operations}>{describeOperations(job.operations)}</span>
        <span class={styles.count}>
          {isJobEnded(job)
            ? countOf(job.totalCount, 'image')
            : `${ended} of ${countOf(job.totalCount, 'image')}`}
          {!isJobEnded(job) && <progress max={1} value={job.progress} aria-label="Progress" />}
        </span>
        <span class={styles.failed}>{job.failedCount > 0 && `${job.failedCount} failed`}</span>
        <time dateTime={job.createdAt}>{formatTime(job.createdAt)}</time>
      </a>
    </li>
  );
}

/** The newest jobs, in pages of what the API allows. @throws AppError */
async function loadJobs(restriction: Restriction, count: number): Promise<JobList> {
  const jobs: JobRowFragment[] = [];
  let after: string | null = null;
  for (;;) {
    const variables: JobsQueryVariables = {
      ...{ status: null, hasFailures: null },
      ...restriction,
      first: Math.min(PAGE_SIZE, count - jobs.length),
      after,
    };
    const page: Awaited<ReturnType<typeof askForPage>> = await askForPage(variables);
    jobs.push(...page.edges.map(({ node }) => node));
    if (!page.pageInfo.hasNextPage || jobs.length >= count) return { jobs, totalCount: page.totalCount };
    after = page.pageInfo.endCursor;
  }
}

async function askForPage(variables: JobsQueryVariables) {
  return (await ask(JobsDocument, variables)).jobs;
}
