import { isEnded } from '../../services/jobs/job-state.js';
import { requireViewer } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { ProgressStream } from '../graphql/progress-stream.js';
import { renewServices } from '../graphql/revalidate-session.js';
import type { JobProgress } from './job-progress.type.js';

/**
 * Events of one of the viewer's jobs. Who is asking, and whose the job is, is looked at again before each. Items are
 * read, and told, only where they are asked for: most of what an event costs.
 */
export async function followJob(
  context: Context,
  id: string,
  withItems: boolean,
): Promise<ProgressStream<JobProgress>> {
  const viewer = requireViewer(context);
  // As it is stored: PostgreSQL also finds it in capitals, and nobody publishes news of that.
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
