import type { JobProgressView } from '../services/job.service.js';
import { isEnded } from '../services/job-state.js';
import { requireViewer } from './authorization.js';
import type { Context } from './context.js';
import { renewServices } from './live-session.js';
import { ProgressStream } from './progress-stream.js';

/** Events of one of the viewer's jobs. Who is asking, and whose the job is, is looked at again before each. */
export async function followJob(context: Context, jobId: string): Promise<ProgressStream<JobProgressView>> {
  const viewer = requireViewer(context);
  await context.services.jobs.find(viewer.userId, jobId);
  let seq = -1;
  return new ProgressStream(context.services.jobs.notices(jobId), async () => {
    const { jobs } = await renewServices(context, viewer);
    const event = await jobs.progressSince(viewer.userId, jobId, seq);
    if (event.seq === seq) return undefined;
    seq = event.seq;
    return { event, final: isEnded(event.status) };
  });
}
