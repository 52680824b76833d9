import type { Cluster } from '../tests/support/servers/cluster.js';
import { cpuTicksOf, descendantsOf, processesRunning } from '../tests/support/servers/processes.js';

/** On Linux. */
const TICK_MS = 10;

/** Ticks of the parts of a cluster until now. PostgreSQL has processes that come and go, and whose parent counts them on. */
async function ticksOf({ apis, workers }: Cluster): Promise<Map<string, number>> {
  const pids = {
    workers: workers.map(({ pid }) => pid),
    'their compute hosts': (await Promise.all(workers.map(({ pid }) => descendantsOf(pid)))).flat(),
    API: apis.map(({ pid }) => pid),
    PostgreSQL: await processesRunning('postgres'),
    client: [process.pid],
  };
  const ticks = await Promise.all(Object.values(pids).map(cpuTicksOf));
  return new Map(Object.keys(pids).map((part, i) => [part, ticks[i] ?? 0]));
}

/** Processor time that the parts of a cluster use. */
export class Spending {
  readonly #ms = new Map<string, number>();

  async during<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
    const before = await ticksOf(cluster);
    const result = await work();
    for (const [part, ticks] of await ticksOf(cluster)) {
      const ms = (ticks - (before.get(part) ?? 0)) * TICK_MS;
      this.#ms.set(part, (this.#ms.get(part) ?? 0) + ms);
    }
    return result;
  }

  forget(): void {
    this.#ms.clear();
  }

  inWords(images: number): string {
    return [...this.#ms].map(([part, ms]) => `${part} ${(ms / images).toFixed(1)} ms`).join(', ');
  }
}
