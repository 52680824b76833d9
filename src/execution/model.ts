/** The ways in which one batch of CPU-bound work can be run. */
export const CONCURRENCY_MODELS = ['SYNC', 'ASYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'] as const;
export type ConcurrencyModel = (typeof CONCURRENCY_MODELS)[number];

/** The pools that serve real jobs: the two models that use every processor. */
export const WORKER_POOLS = ['THREADS', 'PROCESSES'] as const satisfies readonly ConcurrencyModel[];
export type WorkerPool = (typeof WORKER_POOLS)[number];

export const WORKLOADS = ['IMAGE', 'FIBONACCI'] as const;
export type Workload = (typeof WORKLOADS)[number];
