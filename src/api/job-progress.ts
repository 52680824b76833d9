import { AppError } from '../errors.js';
import type { JobProgressView } from '../services/job.service.js';
import { isEnded } from '../services/job-state.js';
import { requireViewer } from './authorization.js';
import type { Context } from './context.js';
import { ProgressStream } from './progress-stream.js';

/** Events of one of the viewer's jobs. Who is asking, and whose the job is, is looked at again before each. */
export async function followJob(context: Context, jobId: string): Promise<ProgressStream<JobProgressView>> {
  const { userId, sessionId, expiresAt } = requireViewer(context);
  await context.services.jobs.find(userId, jobId);
  let seq = -1;
  return new ProgressStream(context.services.jobs.notices(jobId), async () => {
    // The fields of the event are resolved on this unit of work too.
    context.services = context.unitOfWork();
    const { auth, jobs } = context.services;
    if (expiresAt <= new Date() || (await auth.revokedAmong([sessionId])).size > 0) {
      throw new AppError('UNAUTHENTICATED', 'The session has ended; sign in again');
    }
    const event = await jobs.progressSince(userId, jobId, seq);
    if (event.seq === seq) return undefined;
    seq = event.seq;
    return { event, final: isEnded(event.status) };
  });
}
