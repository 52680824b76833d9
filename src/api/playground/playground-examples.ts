/** An operation that the playground opens with. */
export interface PlaygroundExample {
  name: string;
  query: string;
  variables?: Record<string, unknown>;
  /** Keeps `data.<field>.<key>` of the answer; later examples use it as `{{variable}}`. */
  remember?: { variable: keyof typeof PLAYGROUND_VARIABLES; field: string; key: string };
  /** Runs without a token, or asks for the first one. */
  signedOut?: boolean;
}

/** Variables that examples hand to each other; empty until an example has filled them. */
export const PLAYGROUND_VARIABLES = { accessToken: '', imageId: '', jobId: '', benchmarkId: '' };

const ACCOUNT = { input: { email: 'ada@example.com', password: 'correct horse battery' } };

const THUMBNAIL = [
  { resize: { width: 800, height: 450, fit: 'COVER' } },
  { sharpen: { amount: 1 } },
  { watermark: { text: 'nogil-bench', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
  { convert: { format: 'JPEG', quality: 80 } },
];

/** In the order in which a newcomer runs them. */
export const PLAYGROUND_EXAMPLES: readonly PlaygroundExample[] = [
  {
    name: '1 Register',
    signedOut: true,
    query: `# Run this first: its token signs the other tabs in.
mutation Register($input: RegisterInput!) {
  register(input: $input) {
    accessToken
    accessTokenExpiresAt
    user {
      id
      email
    }
  }
}
`,
    variables: ACCOUNT,
    remember: { variable: 'accessToken', field: 'register', key: 'accessToken' },
  },
  {
    name: '2 Log in',
    signedOut: true,
    query: `# Run this when the token has expired.
mutation Login($input: LoginInput!) {
  login(input: $input) {
    accessToken
    accessTokenExpiresAt
  }
}
`,
    variables: ACCOUNT,
    remember: { variable: 'accessToken', field: 'login', key: 'accessToken' },
  },
  {
    name: '3 Upload',
    query: `# Open "Variables" below, "Add files", "Select files", and choose an image.
mutation Upload($file: Upload!) {
  uploadImage(file: $file) {
    id
    filename
    format
    width
    height
    url
  }
}
`,
    remember: { variable: 'imageId', field: 'uploadImage', key: 'id' },
  },
  {
    name: '4 Process',
    query: `# Works on the image that was uploaded last. Open "url" to see the result.
mutation Process($input: ProcessImageInput!) {
  processImage(input: $input) {
    id
    format
    width
    height
    durationMs
    url
  }
}
`,
    variables: { input: { imageId: '{{imageId}}', engine: 'SHARP', operations: THUMBNAIL } },
  },
  {
    name: '5 Images',
    query: `query Images($first: Int!, $after: String) {
  images(first: $first, after: $after) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        id
        filename
        format
        width
        height
        url
        source {
          id
        }
      }
    }
  }
}
`,
    variables: { first: 20 },
  },
  {
    name: '6 Batch job',
    query: `mutation Batch($input: CreateBatchJobInput!) {
  createBatchJob(input: $input) {
    id
    status
    totalCount
  }
}
`,
    variables: { input: { imageIds: ['{{imageId}}'], engine: 'JIMP', operations: THUMBNAIL } },
    remember: { variable: 'jobId', field: 'createBatchJob', key: 'id' },
  },
  {
    name: '7 Job progress',
    query: `subscription JobProgress($jobId: ID!) {
  jobProgress(jobId: $jobId) {
    seq
    status
    progress
    completedCount
    failedCount
    totalCount
  }
}
`,
    variables: { jobId: '{{jobId}}' },
  },
  {
    name: '8 Benchmark',
    query: `# The standard pipeline under five concurrency models; about a minute.
mutation Benchmark($input: RunBenchmarkInput!) {
  runBenchmark(input: $input) {
    id
    name
    status
    totalCells
  }
}
`,
    variables: { input: { preset: 'QUICK' } },
    remember: { variable: 'benchmarkId', field: 'runBenchmark', key: 'id' },
  },
  {
    name: '9 Benchmark progress',
    query: `subscription BenchmarkProgress($benchmarkId: ID!) {
  benchmarkProgress(benchmarkId: $benchmarkId) {
    status
    progress
    completedCells
    totalCells
    cell {
      model
      workers
      medianMs
      imagesPerSecond
      speedup
      warnings
    }
  }
}
`,
    variables: { benchmarkId: '{{benchmarkId}}' },
  },
];
