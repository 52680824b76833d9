import type { Pool } from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import packageJson from '../../package.json' with { type: 'json' };
import type { PoolGauge } from '../execution/compute.js';
import type { QueueGauge } from '../queue/queue.js';
import { cached } from '../scheduling/cached.js';

/** Prefix of this application's metrics; standard process metrics keep their usual names. */
const PREFIX = 'nogil_bench_';

/** Buckets in seconds, from a query of one row to a batch of large images. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Counting a queue reads all of it (40 ms for 100,000 chunks): two gauges and many scrapers share one count. */
const DEPTH_VALID_MS = 5_000;

/** Without a measurement, such as before the first scrape, these are 2^63 ns or NaN. */
const WITHOUT_MEANING = ['min', 'mean', 'stddev'].map((name) => `nodejs_eventloop_lag_${name}_seconds`);

let processMetrics: Registry | undefined;

/**
 * The metrics of this process, for Prometheus. Labels take their values from closed lists (fields of the schema, codes of
 * errors, engines), never from what a client sends: the number of series is bounded.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #shared = { registers: [this.#registry] };

  readonly requests = new Counter({
    name: `${PREFIX}graphql_requests_total`,
    help: 'GraphQL operations answered, by the requested field and the code of the first error.',
    labelNames: ['operation', 'code'] as const,
    ...this.#shared,
  });

  readonly requestSeconds = new Histogram({
    name: `${PREFIX}graphql_request_duration_seconds`,
    help: 'Time from the arrival of a GraphQL operation to its response.',
    labelNames: ['operation'] as const,
    buckets: SECONDS,
    ...this.#shared,
  });

  readonly imageOperations = new Counter({
    name: `${PREFIX}image_operations_total`,
    help: 'Image operations by engine, kind and outcome.',
    labelNames: ['engine', 'kind', 'code'] as const,
    ...this.#shared,
  });

  readonly imageSeconds = new Histogram({
    name: `${PREFIX}image_processing_duration_seconds`,
    help: 'Time of one image in the engine, from decoding to encoding.',
    labelNames: ['engine'] as const,
    buckets: SECONDS,
    ...this.#shared,
  });

  readonly items = new Counter({
    name: `${PREFIX}job_items_total`,
    help: 'Items of batch jobs that ended, by outcome.',
    labelNames: ['code'] as const,
    ...this.#shared,
  });

  readonly contentType = this.#registry.contentType;

  constructor() {
    new Gauge({
      name: `${PREFIX}build_info`,
      help: 'Always 1; the labels are the versions of the application and of Node.',
      labelNames: ['version', 'node'] as const,
      ...this.#shared,
    }).set({ version: packageJson.version, node: process.versions.node }, 1);
  }

  /** How busy the compute host is. */
  observePool(host: PoolGauge): void {
    this.gauge('compute_images', 'Images in the compute host.', ['state'], (set) => {
      const { running, waiting } = host.stats();
      set({ state: 'running' }, running);
      set({ state: 'waiting' }, waiting);
    });
    this.gauge('compute_workers', 'Images on JIMP that can be computed at the same time.', [], (set) =>
      set({}, host.stats().workers),
    );
    this.gauge('compute_images_in_flight', 'Images that can be computed at the same time.', [], (set) =>
      set({}, host.stats().imagesInFlight),
    );
    this.gauge('compute_host_resident_memory_bytes', 'Resident memory of the compute host.', [], (set) => {
      const usage = host.usage();
      if (usage) set({}, usage.rssBytes);
    });
    this.counter(
      'compute_host_cpu_seconds_total',
      'Processor time of the compute host, which computes the images.',
      () => host.usage()?.cpuSeconds ?? 0,
    );
  }

  /** The depth of the queue; processes that share one all report the same. */
  observeQueue(queue: QueueGauge): void {
    const depthOf = cached(() => queue.depth(), DEPTH_VALID_MS);
    this.gauge('queue_chunks', 'Chunks of batch jobs in the queue.', ['state'], async (set) => {
      const { waiting, held } = await depthOf();
      set({ state: 'waiting' }, waiting);
      set({ state: 'held' }, held);
    });
    this.gauge('queue_oldest_seconds', 'Age of the chunk that has waited longest.', [], async (set) =>
      set({}, (await depthOf()).oldestSeconds),
    );
  }

  /** Connections to PostgreSQL, and the calls that wait for one. */
  observeDatabase(pool: Pool): void {
    const help = 'Connections to PostgreSQL, and calls that wait for one.';
    this.gauge('database_connections', help, ['state'], (set) => {
      set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      set({ state: 'idle' }, pool.idleCount);
      set({ state: 'waiting' }, pool.waitingCount);
    });
  }

  /** Lines of the log that could not be written. */
  observeLog(log: { readonly dropped: number }): void {
    const help = 'Lines of the log that could not be written, as on a full disk.';
    this.counter('log_lines_dropped_total', help, () => log.dropped);
  }

  /** Value that is read at each scrape; if reading fails, the other metrics are returned without it. */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    read: (set: (labels: Partial<Record<Label, string>>, value: number) => void) => void | Promise<void>,
  ): void {
    new Gauge({
      name: PREFIX + name,
      help,
      labelNames,
      ...this.#shared,
      async collect() {
        this.reset();
        // After `reset`, a gauge without labels is 0 instead of absent.
        if (labelNames.length === 0) this.remove();
        try {
          await read((labels, value) => this.set(labels, value));
        } catch {
          // The database cannot be reached: a gap in the graph shows it.
        }
      },
    });
  }

  /** A total that is read at each scrape. */
  counter(name: string, help: string, total: () => number): void {
    new Counter({
      name: PREFIX + name,
      help,
      ...this.#shared,
      collect() {
        this.reset();
        this.inc(total());
      },
    });
  }

  /**
   * Returns all metrics in Prometheus' text format, including those of the process (memory, processor time, event
   * loop, garbage collection).
   */
  async render(): Promise<string> {
    return Registry.merge([this.#registry, metricsOfProcess()]).metrics();
  }
}

/** One set per process, even with several servers, because each set monitors the event loop. */
function metricsOfProcess(): Registry {
  if (processMetrics === undefined) {
    processMetrics = new Registry();
    collectDefaultMetrics({ register: processMetrics });
    for (const name of WITHOUT_MEANING) processMetrics.removeSingleMetric(name);
  }
  return processMetrics;
}
