/** Kinds of objects with an id and an owner. */
export type Kind = 'image' | 'job' | 'benchmark' | 'session' | 'apiToken';

export interface Asked {
  query: string;
  variables?: Record<string, unknown>;
}

/** The smallest report that can be imported. */
const IMPORTED_FILE = JSON.stringify({
  format: 'nogil-bench',
  formatVersion: 1,
  name: 'imported',
  workload: 'FIBONACCI',
  repetitions: 1,
  environment: { os: 'Linux', cpuModel: 'cpu', availableParallelism: 1, totalMemoryBytes: 1 },
  samples: [
    { model: 'SYNC', engine: null, imageCount: 1, workers: 1, repetition: 0, wallMs: 1, outputDigest: 'ab' },
  ],
});

/** Who may do what with a field or argument of the schema. */
export type Verdict =
  /**
   * Takes an id that has to be the caller's: without a token UNAUTHENTICATED, another user's id FORBIDDEN, an unknown id
   * NOT_FOUND. `many` takes a list, which one foreign id refuses as a whole.
   */
  | { takes: Kind; many?: true; ask(...ids: string[]): Asked; subscription?: true }
  /** Shows or creates objects of the caller; needs a sign-in. */
  | { own: Asked }
  /** About the caller's own account: needs a session, and is FORBIDDEN for API tokens. */
  | { account: Asked }
  /** Needs no sign-in; shows no user's data. */
  | { open: Asked }
  /** Takes a secret instead of a token: see `tests/services/accounts/account.service.test.ts`. */
  | { signsIn: true }
  /** Part of the answer of these fields, which check the access. */
  | { within: string[] }
  /** Leads to another object by a reference of its row; FORBIDDEN if that object is another user's. `rows` sets such a reference. */
  | { edge: Kind; rows: string; ask(...ids: string[]): Asked }
  /** A signed link that opens one object; without its signature it needs the owner's token. */
  | { link: Kind; ask(...ids: string[]): Asked };

const chain = [{ grayscale: true }];
const SAVE_PRESET = 'savePreset(input: { name: "thumb", operations: [{ grayscale: true }] }) { name }';

/**
 * The expected verdict for every coordinate that `schema-ids.ts` finds in the schema. A new field, argument or
 * subscription needs a row here; the test then calls it without a token, as another user and as the owner.
 */
export const VERDICTS: Record<string, Verdict> = {
  'Query.serverInfo': { open: { query: '{ serverInfo { version limits { maxPixels } } }' } },
  'Query.me': { own: { query: '{ me { id email } }' } },
  'Query.images': { own: { query: '{ images { totalCount edges { cursor node { id url } } } }' } },
  'Query.jobs': { own: { query: '{ jobs { totalCount edges { node { id } } } }' } },
  'Query.benchmarks': { own: { query: '{ benchmarks { totalCount edges { node { id } } } }' } },
  'Query.image(id)': byId('image', 'query', 'image', '{ id }'),
  'Query.job(id)': byId('job', 'query', 'job', '{ id }'),
  'Query.benchmark(id)': byId('benchmark', 'query', 'benchmark', '{ id }'),
  'Query.compareBenchmarks(baselineId)': {
    takes: 'benchmark',
    ask: (id, own = id) => comparison(id, [own]),
  },
  'Query.compareBenchmarks(candidateIds)': {
    takes: 'benchmark',
    many: true,
    ask: (...ids) => comparison(ids[0], ids),
  },

  'Query.sessions': { account: { query: '{ sessions { id } }' } },
  'Query.apiTokens': { account: { query: '{ apiTokens { id } }' } },
  'Mutation.changePassword': {
    account: {
      query:
        'mutation { changePassword(currentPassword: "correct horse", newPassword: "battery staple") { user { id } } }',
    },
  },
  'Mutation.deleteAccount': { account: { query: 'mutation { deleteAccount(password: "correct horse") }' } },
  'Mutation.revokeOtherSessions': { account: { query: 'mutation { revokeOtherSessions }' } },
  'Mutation.createApiToken': {
    account: { query: 'mutation { createApiToken(input: { name: "ci" }) { apiToken { id } } }' },
  },
  'Mutation.revokeSession(id)': byId('session', 'mutation', 'revokeSession'),
  'Mutation.revokeApiToken(id)': byId('apiToken', 'mutation', 'revokeApiToken'),
  'Mutation.register': { signsIn: true },
  'Mutation.login': { signsIn: true },
  'Mutation.refreshToken': { signsIn: true },
  'Mutation.logout': { signsIn: true },
  'Mutation.uploadImage': {
    own: {
      query: 'mutation ($file: Upload!) { uploadImage(file: $file) { id } }',
      variables: { file: null },
    },
  },
  'Mutation.uploadImages': {
    own: {
      query: 'mutation ($file: Upload!) { uploadImages(files: [$file]) { id } }',
      variables: { file: null },
    },
  },
  'Mutation.importBenchmark': {
    own: {
      query: 'mutation ($file: Upload!) { importBenchmark(file: $file) { id } }',
      variables: { file: IMPORTED_FILE },
    },
  },
  'Query.tasks': { own: { query: '{ tasks }' } },
  'Mutation.runRaceExperiment': {
    own: {
      query: 'mutation ($input: RaceExperimentInput!) { runRaceExperiment(input: $input) { workers } }',
      variables: { input: { workers: 1, incrementsPerWorker: 1, repetitions: 1, minimumMs: 0 } },
    },
  },
  'Query.benchmarkPlan(input.imageIds)': {
    takes: 'image',
    many: true,
    ask: (...imageIds) => ({
      query: 'query ($input: RunBenchmarkInput!) { benchmarkPlan(input: $input) { totalCells } }',
      variables: { input: { imageIds, models: ['SYNC'], workerCounts: [1], repetitions: 1 } },
    }),
  },
  'Query.raceExperiments': { own: { query: '{ raceExperiments { id } }' } },
  'Mutation.deleteImage(id)': byId('image', 'mutation', 'deleteImage'),
  'Mutation.setFocalPoint(imageId)': {
    takes: 'image',
    ask: (id) => ({ query: `mutation { setFocalPoint(imageId: "${id}", x: 0.5, y: 0.5) { id } }` }),
  },
  'Mutation.deleteImages(ids)': {
    takes: 'image',
    many: true,
    ask: (...ids) => ({ query: 'mutation ($ids: [ID!]!) { deleteImages(ids: $ids) }', variables: { ids } }),
  },
  'Mutation.deleteBenchmark(id)': byId('benchmark', 'mutation', 'deleteBenchmark'),
  'Mutation.cancelBenchmark(id)': byId('benchmark', 'mutation', 'cancelBenchmark', '{ id }'),
  'Mutation.cancelJob(id)': byId('job', 'mutation', 'cancelJob', '{ id }'),
  'Mutation.deleteJob(id)': byId('job', 'mutation', 'deleteJob'),
  'Mutation.retryJob(id)': byId('job', 'mutation', 'retryJob', '{ id }'),
  'Mutation.processImage(input.imageId)': {
    takes: 'image',
    ask: (imageId) => ({
      query: 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id } }',
      variables: { input: { imageId, operations: chain } },
    }),
  },
  'Mutation.createBatchJob(input.imageIds)': {
    takes: 'image',
    many: true,
    ask: (...imageIds) => ({
      query: 'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
      variables: { input: { imageIds, operations: chain } },
    }),
  },
  'Mutation.runBenchmark(input.imageIds)': {
    takes: 'image',
    many: true,
    ask: (...imageIds) => ({
      query: 'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }',
      variables: { input: { imageIds, models: ['SYNC'], workerCounts: [1], repetitions: 1 } },
    }),
  },

  'Subscription.jobProgress(jobId)': {
    takes: 'job',
    subscription: true,
    ask: (id) => ({
      query: 'subscription ($id: ID!) { jobProgress(jobId: $id) { seq } }',
      variables: { id },
    }),
  },
  'Subscription.benchmarkProgress(benchmarkId)': {
    takes: 'benchmark',
    subscription: true,
    ask: (id) => ({
      query: 'subscription ($id: ID!) { benchmarkProgress(benchmarkId: $id) { seq } }',
      variables: { id },
    }),
  },

  'Image.source': {
    edge: 'image',
    rows: 'update image set source_id = ? where id = ?',
    ask: (id) => ({ query: 'query ($id: ID!) { image(id: $id) { source { id } } }', variables: { id } }),
  },
  'JobItem.image': {
    edge: 'job',
    rows: 'update job_item set image_id = ? where job_id = ?',
    ask: (id) => itemsOf(id, 'image'),
  },
  'JobItem.result': {
    edge: 'job',
    rows: 'update job_item set result_id = ? where job_id = ?',
    ask: (id) => itemsOf(id, 'result'),
  },
  'Image.url': {
    link: 'image',
    ask: (id) => ({ query: 'query ($id: ID!) { image(id: $id) { url } }', variables: { id } }),
  },
  // Signed links only, never a token: tests/api/images/variants.test.ts.
  'Image.variantUrl': { within: ['Query.image(id)', 'Query.images'] },
  'Query.presets': { own: { query: '{ presets { name operations { kind } } }' } },
  'Mutation.savePreset': { own: { query: `mutation { ${SAVE_PRESET} }` } },
  'Mutation.deletePreset': { own: { query: `mutation { ${SAVE_PRESET} deletePreset(name: "thumb") }` } },
  'Job.resultUrl': {
    link: 'job',
    ask: (id) => ({ query: 'query ($id: ID!) { job(id: $id) { url: resultUrl } }', variables: { id } }),
  },
  'Benchmark.reportUrl': {
    link: 'benchmark',
    ask: (id) => ({ query: 'query ($id: ID!) { benchmark(id: $id) { url: reportUrl } }', variables: { id } }),
  },

  'AuthPayload.user': {
    within: ['Mutation.register', 'Mutation.login', 'Mutation.refreshToken', 'Mutation.changePassword'],
  },
  'CreatedApiToken.apiToken': { within: ['Mutation.createApiToken'] },
  'ImageConnection.edges': { within: ['Query.images'] },
  'ImageEdge.node': { within: ['Query.images'] },
  'JobConnection.edges': { within: ['Query.jobs'] },
  'JobEdge.node': { within: ['Query.jobs'] },
  'Benchmark.imageIds': { within: ['Query.benchmark(id)', 'Query.benchmarks'] },
  'BenchmarkConnection.edges': { within: ['Query.benchmarks'] },
  'BenchmarkEdge.node': { within: ['Query.benchmarks'] },
  'Job.items': { within: ['Query.job(id)', 'Query.jobs'] },
  'JobItemConnection.edges': { within: ['Job.items'] },
  'JobItemEdge.node': { within: ['Job.items'] },
  'JobProgress.jobId': { within: ['Subscription.jobProgress(jobId)'] },
  'JobProgress.items': { within: ['Subscription.jobProgress(jobId)'] },
  'BenchmarkProgress.benchmarkId': { within: ['Subscription.benchmarkProgress(benchmarkId)'] },
  'BenchmarkComparison.baseline': { within: ['Query.compareBenchmarks(baselineId)'] },
  'BenchmarkComparison.rows': { within: ['Query.compareBenchmarks(candidateIds)'] },
  'ComparisonRow.benchmarkId': { within: ['Query.compareBenchmarks(candidateIds)'] },
};

function byId(takes: Kind, operation: 'query' | 'mutation', field: string, selection = ''): Verdict {
  const query = `${operation} ($id: ID!) { ${field}(id: $id) ${selection} }`;
  return { takes, ask: (id) => ({ query, variables: { id } }) };
}

function comparison(baseline: string | undefined, candidates: (string | undefined)[]): Asked {
  return {
    query:
      'query ($baseline: ID!, $candidates: [ID!]!) { compareBenchmarks(baselineId: $baseline, candidateIds: $candidates) { differences } }',
    variables: { baseline, candidates },
  };
}

function itemsOf(id: string, edge: string): Asked {
  return {
    query: `query ($id: ID!) { job(id: $id) { items { edges { node { ${edge} { id } } } } } }`,
    variables: { id },
  };
}
