import type { BenchmarkProgressView } from '../../services/benchmarks/benchmark-results.js';
import { requireViewer } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { ProgressStream } from '../graphql/progress-stream.js';
import { renewServices } from '../graphql/revalidate-session.js';

/** Events of one of the viewer's benchmarks. Who is asking, and whose it is, is looked at again before each. */
export async function followBenchmark(
  context: Context,
  benchmarkId: string,
): Promise<ProgressStream<BenchmarkProgressView>> {
  const viewer = requireViewer(context);
  // As it is stored: PostgreSQL also finds it in capitals, and nobody publishes news of that.
  const { id } = await context.services.benchmarks.find(viewer.userId, benchmarkId);
  let seq: number | undefined;
  return new ProgressStream(context.services.benchmarks.notices(id), async () => {
    const { benchmarks, benchmarkResults } = await renewServices(context, viewer);
    const benchmark = await benchmarks.find(viewer.userId, id);
    const reading = await benchmarkResults.eventAfter(benchmark, seq);
    if (reading === undefined) return undefined;
    seq = reading.event.seq;
    // A sample may have landed since the last event, and more than one.
    return { ...reading, more: true };
  });
}
