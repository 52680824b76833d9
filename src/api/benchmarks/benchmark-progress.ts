import type { BenchmarkProgressView } from '../../services/benchmarks/benchmark-events.js';
import { requireViewer } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { ProgressStream } from '../graphql/progress-stream.js';
import { renewServices } from '../graphql/revalidate-session.js';

/** Events of one of the viewer's benchmarks. The session and the ownership are checked again before each. */
export async function followBenchmark(
  context: Context,
  benchmarkId: string,
): Promise<ProgressStream<BenchmarkProgressView>> {
  const viewer = requireViewer(context);
  // The id as stored: PostgreSQL also finds an id in capitals, but notifications contain the stored form.
  const { id } = await context.services.benchmarks.find(viewer.userId, benchmarkId);
  let seq: number | undefined;
  return new ProgressStream(context.services.benchmarks.notices(id), async () => {
    const { benchmarks } = await renewServices(context, viewer);
    const benchmark = await benchmarks.find(viewer.userId, id);
    const reading = await benchmarks.eventAfter(benchmark, seq);
    if (reading === undefined) return undefined;
    seq = reading.event.seq;
    // Several samples may have been stored since the last event.
    return { ...reading, more: true };
  });
}
