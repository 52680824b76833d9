/**
 * Who may import whom. A name is a module (`errors`) or a folder (`imaging/`) under src. Several rules can cover a
 * module: what one of them allows is allowed. What lies in the same top folder may always be imported.
 */
export interface ImportRule {
  from: string;
  may: readonly string[];
  /** As types alone. */
  types?: readonly string[];
}

const FOLDERS = [
  ...['api/', 'services/', 'entities/', 'benchmark/', 'imaging/'],
  ...['execution/', 'metrics/', 'queue/', 'progress/', 'storage/'],
];

const CONTRACTS = {
  execution: ['execution/compute', 'execution/executor', 'execution/model', 'execution/race'],
  queue: ['queue/queue'],
  progress: ['progress/progress'],
  storage: ['storage/storage', 'storage/presigner'],
};

export const IMPORT_RULES: readonly ImportRule[] = [
  { from: 'main', may: ['app', 'node-version', 'run'] },
  { from: 'worker', may: ['node-version', 'run', 'worker-app'] },
  { from: 'run', may: ['config', 'errors', 'logger'] },
  { from: 'node-version', may: [] },
  {
    from: 'app',
    may: [...FOLDERS, 'background', 'config', 'infrastructure', 'secret', '../package.json'],
  },
  {
    from: 'worker-app',
    may: ['api/worker-server', 'background', 'config', 'errors', 'infrastructure', '../mikro-orm.config'],
  },
  { from: 'background', may: ['benchmark/', 'config', 'infrastructure', 'services/', '../package.json'] },
  {
    from: 'infrastructure',
    may: [...FOLDERS, 'config', 'database', 'errors', 'sole-server', 'tracing', '../mikro-orm.config'],
  },
  { from: 'sole-server', may: ['errors', 'sqlite-connection'] },
  { from: 'tracing', may: ['../package.json'] },
  { from: 'migrate', may: ['../mikro-orm.config', 'config', 'database', 'errors', 'queue/pg-boss.queue'] },
  { from: 'database', may: ['../mikro-orm.config', 'errors'] },
  // A queue that lies in the database has an entity of its own.
  {
    from: '../mikro-orm.config',
    may: [
      ...['entities/', 'migrations/', 'queue/queued-chunk.entity'],
      ...['database-connection', 'sqlite-connection'],
    ],
  },
  { from: 'sqlite-connection', may: ['database-connection'] },
  { from: 'database-connection', may: [] },
  {
    from: 'api/',
    may: ['services/', 'entities/', 'metrics/', 'errors', 'held-answer', 'fair-queue', ...CONTRACTS.progress],
    types: ['imaging/', 'execution/', 'benchmark/'],
  },
  {
    from: 'services/',
    may: ['entities/', 'benchmark/', 'imaging/', 'errors', 'fair-lane', ...Object.values(CONTRACTS).flat()],
  },
  // The benchmark's host is a process of its own, in which it makes the executors that it measures.
  {
    from: 'benchmark/',
    may: [
      ...CONTRACTS.execution,
      'execution/compute-environment',
      'execution/create-executor',
      'execution/machine-memory',
      'execution/stand-back',
      'execution/worker-flags',
      'execution/worker-lost',
      'imaging/',
      'errors',
      'fair-lane',
    ],
  },
  { from: 'execution/', may: ['imaging/', 'errors', 'fair-queue', ...CONTRACTS.storage] },
  // A process that is given a storage's address, and opens it.
  { from: 'execution/compute-host-entry', may: ['storage/open-storage'] },
  { from: 'imaging/', may: ['errors'] },
  {
    from: 'metrics/',
    may: ['errors', 'held-answer', ...CONTRACTS.execution, ...CONTRACTS.queue],
    types: ['imaging/'],
  },
  { from: 'queue/', may: ['errors', 'postgresql/'] },
  { from: 'progress/', may: ['errors', 'postgresql/'] },
  { from: 'postgresql/', may: [] },
  { from: 'storage/', may: ['errors'] },
  { from: 'entities/', may: [], types: ['imaging/', 'benchmark/', 'execution/', 'errors'] },
  { from: 'migrations/', may: [] },
  // A client of the API: of what it computes itself, a comparison with a file, it takes the statistics.
  {
    from: 'cli/',
    may: [
      ...['benchmark/cell', 'benchmark/comparison', 'benchmark/differences', 'benchmark/preset'],
      ...['benchmark/statistics/', 'benchmark/wording', 'errors'],
    ],
    types: ['benchmark/'],
  },
  { from: 'cli/own-server-entry', may: ['main'] },
  { from: 'config', may: ['errors'] },
  { from: 'logger', may: [] },
  { from: 'secret', may: [] },
  { from: 'errors', may: [] },
  { from: 'fair-lane', may: ['errors', 'fair-queue'] },
  { from: 'fair-queue', may: [] },
  { from: 'held-answer', may: [] },
];
