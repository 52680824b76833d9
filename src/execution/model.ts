/** Concurrency models: the ways in which one batch of CPU-bound work can be run. */
export const CONCURRENCY_MODELS = ['SYNC', 'ASYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'] as const;
export type ConcurrencyModel = (typeof CONCURRENCY_MODELS)[number];

/** What code outside an executor needs to know about its model. `create-executor` has the executors themselves. */
export interface ModelFacts {
  /** The reference that speed-up is relative to; it ignores the number of workers. */
  isBaseline: boolean;
  /** Starts threads or processes; the other models compute on the event loop that dispatches the tasks. */
  startsWorkers: boolean;
  /** Rank among models that are equally fast and cost the same; the lowest is recommended. */
  preference: number;
  /** One sentence: how tasks run. */
  summary: string;
}

export const MODELS: Record<ConcurrencyModel, ModelFacts> = {
  SYNC: {
    isBaseline: true,
    startsWorkers: false,
    preference: 0,
    summary: 'One task after another on one event loop.',
  },
  ASYNC: {
    isBaseline: false,
    startsWorkers: false,
    preference: 1,
    summary: 'Several tasks in flight on one event loop; only native code and waiting overlap.',
  },
  THREADS_LOCKED: {
    isBaseline: false,
    startsWorkers: true,
    preference: 4,
    summary:
      'Worker threads that hold one global lock while they compute, as Python threads do with the GIL.',
  },
  PROCESSES: {
    isBaseline: false,
    startsWorkers: true,
    preference: 3,
    summary: 'Forked processes; every task and result is copied between them.',
  },
  THREADS: {
    isBaseline: false,
    startsWorkers: true,
    preference: 2,
    summary: 'Worker threads on shared memory without a lock, as in free-threaded Python.',
  },
};

/** Pools for batch jobs and single images: the two models that use every processor. */
export const WORKER_POOLS = ['THREADS', 'PROCESSES'] as const satisfies readonly ConcurrencyModel[];
export type WorkerPool = (typeof WORKER_POOLS)[number];

export const WORKLOADS = ['IMAGE', 'FIBONACCI', 'TASK'] as const;
export type Workload = (typeof WORKLOADS)[number];

/** What the rest of the program needs to know about a kind of work. */
export interface WorkloadFacts {
  /** The tasks compute images, so that engines, operations and sources have a meaning. */
  usesImages: boolean;
  /** One sentence: what a task does. */
  summary: string;
}

export const WORKLOAD_FACTS: Record<Workload, WorkloadFacts> = {
  IMAGE: { usesImages: true, summary: 'Operations on images.' },
  FIBONACCI: {
    usesImages: false,
    summary: 'A naive recursive Fibonacci number: interpreter-bound work without images.',
  },
  TASK: {
    usesImages: false,
    summary: "A function of the user's own: a task module of the server's TASKS_DIR.",
  },
};
