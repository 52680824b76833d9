/**
 * Which module may import which. A name is a module (`errors`) or a folder (`imaging/`) under src. Several rules can
 * cover a module; each adds to what it may import. Files of one subject (`services/jobs/`, `storage/`) may import
 * one another; subjects of one layer need a rule. `npm run generate docs` prints the table in ARCHITECTURE.md.
 */
export interface ImportRule {
  from: string;
  may: readonly string[];
  /** Type imports only. */
  types?: readonly string[];
}

/** Layers whose subfolders are subjects of their own. */
export const LAYERS_WITH_SUBJECTS: readonly string[] = [
  'api',
  'benchmark',
  'execution',
  'imaging',
  'services',
];

/** The contracts of a folder: interfaces and plain types, of which others choose implementations. */
export const CONTRACTS = {
  execution: ['execution/compute', 'execution/executor', 'execution/model', 'execution/race'],
  queue: ['queue/queue'],
  progress: ['progress/progress'],
  storage: ['storage/storage', 'storage/presigner'],
};

const ROOT: readonly ImportRule[] = [
  { from: 'main', may: ['app/api-app', 'process/'] },
  { from: 'worker', may: ['app/worker-app', 'process/'] },
  { from: 'migrate', may: ['app/migrate-database', 'process/'] },
  { from: 'config', may: ['errors', 'settings/'] },
  { from: 'settings/', may: [] },
  { from: 'settings/environment', may: ['execution/machine/cpu-quota', 'process/web-addresses'] },
  { from: 'errors', may: [] },
  // The queue of SQLite is a table with an entity.
  {
    from: '../mikro-orm.config',
    may: ['database/', 'entities/', 'migrations/', 'queue/queued-chunk.entity'],
  },
];

const COMPOSITION: readonly ImportRule[] = [
  {
    from: 'app/',
    may: [
      ...['api/', 'services/', 'entities/', 'benchmark/', 'execution/', 'metrics/', 'queue/', 'progress/'],
      ...['storage/', 'database/', 'process/', 'config', 'errors', '../mikro-orm.config', '../package.json'],
    ],
  },
  { from: 'process/', may: ['config', 'errors', '../package.json'] },
];

const API: readonly ImportRule[] = [
  { from: 'api/graphql/', may: ['errors', 'services/shared/', ...CONTRACTS.progress], types: ['services/'] },
  {
    from: 'api/http/',
    may: ['errors', 'scheduling/', 'api/graphql/error-format'],
    types: ['api/graphql/', 'api/server', 'metrics/', 'services/'],
  },
  {
    from: 'api/probes/',
    may: ['api/http/', 'errors', 'scheduling/'],
    types: ['api/graphql/', 'api/server', 'metrics/', 'services/'],
  },
  { from: 'api/limits/', may: ['api/graphql/', 'errors'] },
  {
    from: 'api/websocket/',
    may: ['api/graphql/', 'api/http/', 'api/limits/', 'errors', 'services/accounts/', 'services/shared/'],
  },
  { from: 'api/playground/', may: ['api/http/security-headers'] },
  {
    from: 'api/accounts/',
    may: ['api/graphql/', 'api/http/', 'entities/', 'errors'],
    types: ['services/accounts/'],
  },
  {
    from: 'api/images/',
    may: [
      ...['api/graphql/', 'api/http/', 'entities/', 'errors', 'scheduling/'],
      ...['services/images/', 'services/shared/', 'imaging/operation'],
    ],
    types: ['imaging/'],
  },
  {
    from: 'api/jobs/',
    may: ['api/graphql/', 'api/http/', 'api/images/pipeline.input', 'entities/', 'services/jobs/'],
    types: ['imaging/', 'execution/'],
  },
  {
    from: 'api/benchmarks/',
    may: [
      ...['api/graphql/', 'api/http/', 'api/images/operation.input', 'api/images/incoming-file'],
      ...['benchmark/machine-facts', 'entities/', 'services/benchmarks/'],
    ],
    types: ['imaging/', 'execution/', 'benchmark/', 'api/images/upload-part'],
  },
  { from: 'api/server-info/', may: ['api/graphql/', 'entities/'], types: ['imaging/', 'services/'] },
  {
    from: 'api/schema',
    may: [
      ...['api/graphql/', 'api/accounts/', 'api/images/', 'api/jobs/', 'api/benchmarks/'],
      'api/server-info/',
    ],
  },
  { from: 'api/print-schema', may: ['api/schema'] },
  {
    from: 'api/apollo',
    may: ['api/graphql/', 'api/http/', 'api/limits/', 'api/probes/'],
    types: ['metrics/'],
  },
  { from: 'api/web/', may: ['api/http/'] },
  { from: 'api/routes', may: ['api/'], types: ['metrics/', 'services/'] },
  { from: 'api/server', may: ['api/'], types: ['metrics/', 'services/'] },
];

const SERVICES: readonly ImportRule[] = [
  {
    from: 'services/shared/',
    may: ['entities/', 'errors', 'scheduling/', ...CONTRACTS.progress],
    types: ['imaging/'],
  },
  { from: 'services/accounts/', may: ['services/shared/', 'entities/', 'errors'] },
  {
    from: 'services/images/',
    may: [
      ...['services/shared/', 'entities/', 'errors', 'imaging/', 'scheduling/'],
      ...[...CONTRACTS.execution, ...CONTRACTS.storage],
    ],
  },
  {
    from: 'services/jobs/',
    may: [
      ...['services/shared/', 'services/images/', 'entities/', 'errors', 'imaging/', 'scheduling/'],
      ...Object.values(CONTRACTS).flat(),
    ],
  },
  {
    from: 'services/benchmarks/',
    may: [
      ...['services/shared/', 'entities/', 'errors', 'benchmark/', 'imaging/', 'scheduling/'],
      ...[...CONTRACTS.execution, ...CONTRACTS.progress, ...CONTRACTS.storage, 'execution/tasks/'],
    ],
  },
  { from: 'services/server-info.service', may: [], types: ['imaging/'] },
  { from: 'services/services', may: [], types: ['services/'] },
];

const EXECUTION: readonly ImportRule[] = [
  { from: 'execution/', may: ['errors', 'imaging/'] },
  ...['compute', 'executor', 'race'].map((name) => ({
    from: `execution/${name}`,
    may: ['execution/model'],
  })),
  { from: 'execution/machine/', may: [] },
  { from: 'execution/machine/waiting-line', may: ['errors'] },
  // The task modules of users: their folder, and how a worker loads and calls them.
  { from: 'execution/tasks/', may: ['execution/executor', 'execution/workers/uncloneable'] },
  { from: 'execution/workers/', may: [...CONTRACTS.execution, 'execution/tasks/'] },
  { from: 'execution/models/', may: [...CONTRACTS.execution, 'execution/workers/'] },
  { from: 'execution/child/', may: ['execution/workers/', 'execution/machine/'] },
  { from: 'execution/race/', may: ['execution/race', 'execution/workers/', 'execution/child/'] },
  {
    from: 'execution/host/',
    may: [
      ...[...CONTRACTS.execution, 'execution/models/', 'execution/workers/', 'execution/machine/'],
      ...['scheduling/', ...CONTRACTS.storage],
    ],
  },
  // This process receives the address of a storage and opens it.
  { from: 'execution/host/compute-host-entry', may: ['storage/open-storage'] },
];

const BENCHMARK_CONTRACTS = [
  ...['benchmark/benchmark-status', 'benchmark/cell', 'benchmark/cell-request', 'benchmark/machine-facts'],
  'benchmark/plan',
  ...['benchmark/plan-input', 'benchmark/preset', 'benchmark/report-format', 'benchmark/sample'],
  ...['benchmark/repetition-clock', 'benchmark/sample-runner', 'benchmark/sweep', 'benchmark/warning'],
];

const BENCHMARK: readonly ImportRule[] = [
  {
    from: 'benchmark/',
    may: ['errors', 'imaging/', ...CONTRACTS.execution, ...BENCHMARK_CONTRACTS],
  },
  { from: 'benchmark/plan', may: ['benchmark/statistics/'] },
  { from: 'benchmark/environment', may: ['benchmark/measure/', 'execution/machine/'] },
  { from: 'benchmark/run', may: ['execution/workers/worker-lost'] },
  { from: 'benchmark/statistics/', may: [] },
  { from: 'benchmark/analysis/', may: ['benchmark/statistics/', 'scheduling/'] },
  // Pure chart specifications; the web app uses them too.
  { from: 'benchmark/charts/', may: ['benchmark/analysis/', 'benchmark/statistics/'] },
  // The command and the web app decide alike.
  {
    from: 'benchmark/gate/',
    may: ['benchmark/analysis/', 'benchmark/statistics/'],
    types: ['benchmark/export/'],
  },
  {
    from: 'benchmark/import/',
    may: ['benchmark/analysis/', 'benchmark/plan-input'],
    types: ['benchmark/export/'],
  },
  { from: 'benchmark/export/', may: ['benchmark/analysis/', 'benchmark/charts/', 'benchmark/statistics/'] },
  { from: 'benchmark/measure/task-probe', may: ['execution/workers/run-task'] },
  // A process that creates the measured executors.
  {
    from: 'benchmark/measure/',
    may: ['execution/models/', 'execution/machine/', 'execution/child/', 'execution/tasks/'],
  },
];

const IMAGING: readonly ImportRule[] = [
  { from: 'imaging/', may: ['errors'] },
  ...[
    'check-operations',
    'decode-error',
    'describe-image',
    'engine',
    'engine-info',
    'inspect-image',
    'limits',
    'operation',
    'process-image',
  ].map((name) => ({
    from: `imaging/${name}`,
    may: ['imaging/'],
  })),
  { from: 'imaging/image-format', may: [] },
  { from: 'imaging/engine-name', may: [] },
  { from: 'imaging/geometry', may: [] },
  { from: 'imaging/encoding-settings', may: ['imaging/image-format'] },
  { from: 'imaging/output-size', may: ['imaging/'] },
  // One file an operation: parameters, bounds, size and words. Its pixels are the engines' business.
  {
    from: 'imaging/operations/',
    may: ['imaging/geometry', 'imaging/image-format', 'imaging/pixels/watermark/watermark-font'],
  },
  {
    from: 'imaging/headers/',
    may: [
      ...[
        'imaging/image-format',
        'imaging/limits',
        'imaging/engine-info',
        'imaging/engines/sharp/sharp-library',
      ],
      'imaging/colour/',
    ],
  },
  {
    from: 'imaging/pixels/',
    may: ['imaging/geometry'],
    types: ['imaging/operations/'],
  },
  {
    from: 'imaging/colour/',
    may: ['imaging/pixels/', 'imaging/headers/byte-reader'],
    types: ['imaging/headers/image-header'],
  },
  {
    from: 'imaging/codecs/',
    may: [
      ...['imaging/colour/', 'imaging/headers/', 'imaging/pixels/', 'imaging/encoding-settings'],
      'imaging/image-format',
    ],
  },
  { from: 'imaging/engines/', may: ['imaging/'] },
];

const INFRASTRUCTURE: readonly ImportRule[] = [
  {
    from: 'entities/',
    // The descriptions of enums are those of the tables.
    may: [
      ...['imaging/operation', 'imaging/operations/table', 'benchmark/report-format', 'benchmark/sweep'],
      ...['benchmark/warning', 'execution/model'],
    ],
    types: ['imaging/', 'benchmark/', 'execution/', 'errors'],
  },
  { from: 'migrations/', may: [] },
  { from: 'database/', may: ['errors', '../mikro-orm.config'] },
  { from: 'database/machine-lock', may: ['execution/machine/'] },
  { from: 'database/file-lock', may: ['execution/machine/'] },
  { from: 'postgresql/', may: [] },
  { from: 'queue/', may: ['errors', 'postgresql/'] },
  { from: 'progress/', may: ['errors', 'postgresql/'] },
  { from: 'storage/', may: ['errors'] },
  { from: 'scheduling/', may: ['errors'] },
  {
    from: 'metrics/',
    may: ['errors', 'scheduling/', '../package.json', ...CONTRACTS.execution, ...CONTRACTS.queue],
    types: ['imaging/'],
  },
];

const COMMAND_LINE: readonly ImportRule[] = [
  // Runs in browsers too.
  { from: 'client/', may: ['errors'] },
  // A client of the API. It compares a run with a file itself, with the same statistics.
  {
    from: 'cli/',
    may: [
      ...[
        'benchmark/analysis/',
        'benchmark/benchmark-status',
        'benchmark/cell',
        'benchmark/plan',
        'benchmark/preset',
      ],
      'benchmark/plan-input',
      ...['benchmark/report-format', 'benchmark/statistics/', 'benchmark/sweep', 'execution/race', 'errors'],
      ...[
        'benchmark/gate/',
        'benchmark/import/',
        'client/',
        'settings/near-misses',
        'execution/machine/',
        'execution/model',
        'imaging/engine-name',
        'imaging/operation',
        '../package.json',
      ],
    ],
    types: ['benchmark/'],
  },
  { from: 'cli/main', may: ['process/'] },
  { from: 'cli/bench', may: ['process/'] },
  { from: 'cli/run/own-server-entry', may: ['main'] },
  // They try task modules before they start a server.
  { from: 'cli/commands/bench', may: ['benchmark/measure/'] },
  { from: 'cli/commands/bench-against', may: ['benchmark/measure/'] },
  // What the commands start.
  { from: 'cli/commands/services', may: ['main', 'worker', 'migrate'] },
  { from: 'cli/commands/user', may: ['app/administer-accounts', 'process/'], types: ['services/accounts/'] },
  { from: 'cli/commands/report', may: ['benchmark/export/'] },
];

export const IMPORT_RULES: readonly ImportRule[] = [
  ...ROOT,
  ...COMPOSITION,
  ...API,
  ...SERVICES,
  ...EXECUTION,
  ...BENCHMARK,
  ...IMAGING,
  ...INFRASTRUCTURE,
  ...COMMAND_LINE,
];
