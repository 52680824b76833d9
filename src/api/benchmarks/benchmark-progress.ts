import type { BenchmarkProgressView } from '../../services/benchmarks/benchmark-events.js';
import { requireViewer } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { ProgressStream } from '../graphql/progress-stream.js';

/** Events of one of the viewer's benchmarks. The session and the ownership are checked again before each. */
export async function followBenchmark(
  context: Context,
  benchmarkId: string,
): Promise<ProgressStream<BenchmarkProgressView>> {
  const viewer = requireViewer(context);
  const { benchmarks } = context.services;
  // The id as stored: PostgreSQL also finds an id in capitals, but notifications contain the stored form.
  const { id } = await benchmarks.find(viewer.userId, benchmarkId);
  const follower = benchmarks.follow(viewer.userId, id);
  return new ProgressStream(follower.notices, async (seq) => {
    await context.sessionChecks.requireLive(viewer);
    const reading = await follower.next(seq);
    // Several samples may have been stored since the last event.
    return reading && { ...reading, more: true };
  });
}
