import type { JobEvent } from '../../services/jobs/job-feed.js';
import { isEnded } from '../../services/jobs/job-state.js';
import { requireViewer } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { ProgressStream } from '../graphql/progress-stream.js';

/** Returns the events of one of the viewer's jobs. The session and the job's owner are checked again before each. */
export async function followJob(
  context: Context,
  id: string,
  withItems: boolean,
): Promise<ProgressStream<JobEvent>> {
  const viewer = requireViewer(context);
  const { jobs } = context.services;
  // The stored spelling: PostgreSQL also finds an id in capitals, but changes are published under the stored one.
  const { id: jobId } = await jobs.find(viewer.userId, id);
  const follower = jobs.follow(viewer.userId, jobId, withItems);
  return new ProgressStream(follower.notices, async (seq) => {
    await context.sessionChecks.requireLive(viewer);
    const event = await follower.next(seq);
    return event && { event, final: isEnded(event.status) };
  });
}
