import type { Pool } from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolGauge } from '../execution/compute.js';
import type { QueueGauge } from '../queue/queue.js';
import { cached } from '../scheduling/cached.js';

/** Seconds: from a query of one row to a batch of large pictures. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** To count a queue is to read all of it: 40 ms where 100,000 chunks wait. Two gauges and many scrapers share that. */
const DEPTH_HOLDS_MS = 5_000;

let processMetrics: Registry | undefined;

/**
 * What this process tells Prometheus. Labels take their values from closed lists (fields of the schema, codes of errors,
 * engines), never from what a client sends: the number of series is bounded.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #shared = { registers: [this.#registry] };

  readonly requests = new Counter({
    name: 'graphql_requests_total',
    help: 'GraphQL operations answered, by the field that was asked for and the code of the first error.',
    labelNames: ['operation', 'code'] as const,
    ...this.#shared,
  });

  readonly requestSeconds = new Histogram({
    name: 'graphql_request_duration_seconds',
    help: 'From the arrival of a GraphQL operation to its answer.',
    labelNames: ['operation'] as const,
    buckets: SECONDS,
    ...this.#shared,
  });

  readonly imageOperations = new Counter({
    name: 'image_operations_total',
    help: 'Operations asked of an engine, by what became of the picture.',
    labelNames: ['engine', 'kind', 'code'] as const,
    ...this.#shared,
  });

  readonly imageSeconds = new Histogram({
    name: 'image_processing_duration_seconds',
    help: 'Time of one picture in the engine, decode to encode.',
    labelNames: ['engine'] as const,
    buckets: SECONDS,
    ...this.#shared,
  });

  readonly items = new Counter({
    name: 'job_items_total',
    help: 'Items of batch jobs that ended, by what became of them.',
    labelNames: ['code'] as const,
    ...this.#shared,
  });

  readonly contentType = this.#registry.contentType;

  /** How busy the compute host is. */
  observePool(host: PoolGauge): void {
    this.gauge('compute_pictures', 'Pictures in the compute host.', ['state'], (set) => {
      const { running, waiting } = host.stats();
      set({ state: 'running' }, running);
      set({ state: 'waiting' }, waiting);
    });
    this.gauge('compute_workers', 'Pictures that can be computed at the same time.', [], (set) =>
      set({}, host.stats().workers),
    );
    this.gauge('compute_host_resident_memory_bytes', 'Memory of the compute host.', [], (set) => {
      const usage = host.usage();
      if (usage) set({}, usage.rssBytes);
    });
    new Counter({
      name: 'compute_host_cpu_seconds_total',
      help: 'Processor time of the compute host, in which pictures are computed.',
      ...this.#shared,
      collect() {
        this.reset();
        this.inc(host.usage()?.cpuSeconds ?? 0);
      },
    });
  }

  /** What waits in the queue; of one that they share, all processes tell the same. */
  observeQueue(queue: QueueGauge): void {
    const depthOf = cached(() => queue.depth(), DEPTH_HOLDS_MS);
    this.gauge('queue_chunks', 'Chunks of batch jobs in the queue.', ['state'], async (set) => {
      const { waiting, held } = await depthOf();
      set({ state: 'waiting' }, waiting);
      set({ state: 'held' }, held);
    });
    this.gauge('queue_oldest_seconds', 'Age of the chunk that has waited longest.', [], async (set) =>
      set({}, (await depthOf()).oldestSeconds),
    );
  }

  /** Connections to PostgreSQL, and who waits for one. */
  observeDatabase(pool: Pool): void {
    this.gauge(
      'database_connections',
      'Connections to PostgreSQL, and calls that wait for one.',
      ['state'],
      (set) => {
        set({ state: 'busy' }, pool.totalCount - pool.idleCount);
        set({ state: 'idle' }, pool.idleCount);
        set({ state: 'waiting' }, pool.waitingCount);
      },
    );
  }

  /** A value that is read when Prometheus asks; where that fails, the others are told without it. */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: (set: (labels: Partial<Record<Label, string>>, value: number) => void) => void | Promise<void>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      ...this.#shared,
      async collect() {
        this.reset();
        // A gauge without labels is 0 after that, and 0 is no gap.
        if (labelNames.length === 0) this.remove();
        try {
          await read((labels, value) => this.set(labels, value));
        } catch {
          // The database cannot be reached: a gap in the graph says so.
        }
      },
    });
  }

  /** In Prometheus' text format: these, and those of the process (memory, processor time, event-loop delay, collections). */
  async render(): Promise<string> {
    return Registry.merge([this.#registry, metricsOfProcess()]).metrics();
  }
}

/** One of them for the process, however many servers it starts: each would watch the event loop again. */
function metricsOfProcess(): Registry {
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
  }
  return processMetrics;
}
