import { isEnded } from '../../services/jobs/job-state.js';
import { requireViewer } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { ProgressStream } from '../graphql/progress-stream.js';
import { renewServices } from '../graphql/revalidate-session.js';
import type { JobProgress } from './job-progress.type.js';

/**
 * Returns the events of one of the viewer's jobs. The session and the job's owner are checked again before each
 * event. Items are read only if they are selected, because they are the largest part of the cost of an event.
 */
export async function followJob(
  context: Context,
  id: string,
  withItems: boolean,
): Promise<ProgressStream<JobProgress>> {
  const viewer = requireViewer(context);
  // The stored spelling: PostgreSQL also finds an id in capitals, but changes are published under the stored one.
  const { id: jobId } = await context.services.jobs.find(viewer.userId, id);
  let seq = -1;
  return new ProgressStream(context.services.jobs.notices(jobId), async () => {
    const { jobs } = await renewServices(context, viewer);
    const job = await jobs.find(viewer.userId, jobId);
    if (job.seq === seq) return undefined;
    const items = withItems ? await jobs.itemsEndedSince(job, seq) : [];
    seq = job.seq;
    const { status, totalCount, completedCount, failedCount, progress } = job;
    const event = { jobId, seq, status, totalCount, completedCount, failedCount, progress, items };
    return { event, final: isEnded(status) };
  });
}
