import { BENCHMARK_EXAMPLES } from './benchmark-examples.js';
import type { PlaygroundExample } from './playground-example.js';

const ACCOUNT = { input: { email: 'ada@example.com', password: 'correct horse battery' } };

/** Number of copies of the image: JIMP is busy with them until the user opens the tab with the progress. */
const MANY_IMAGES = new Array<string>(40).fill('{{imageId}}');

const THUMBNAIL = [
  { resize: { width: 800, height: 450, fit: 'COVER' } },
  { sharpen: { amount: 1 } },
  { watermark: { text: 'nogil-bench', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
  { convert: { format: 'JPEG', quality: 80 } },
];

const LARGE_WITH_BLUR = [
  { resize: { width: 1600, height: 900, fit: 'COVER' } },
  { blur: { sigma: 4 } },
  { convert: { format: 'JPEG', quality: 80 } },
];

/** In the order of use. */
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
    query: `# Open "Variables" below, then "Add files" and "Select files", and choose an image.
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
    query: `# Processes the image that was uploaded last. Open "url" to see the result.
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
    query: `# Processes the image 40 times. Open the next tab while it runs.
mutation Batch($input: CreateBatchJobInput!) {
  createBatchJob(input: $input) {
    id
    status
    totalCount
  }
}
`,
    variables: { input: { imageIds: MANY_IMAGES, engine: 'JIMP', operations: LARGE_WITH_BLUR } },
    remember: { variable: 'jobId', field: 'createBatchJob', key: 'id' },
  },
  {
    name: '7 Job progress',
    query: `# The first event is the stored state, so you can join a running job.
subscription JobProgress($jobId: ID!) {
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
    name: '8 Job results',
    query: `# Open "resultUrl" to download all results as one zip.
query JobResults($id: ID!) {
  job(id: $id) {
    status
    completedCount
    resultUrl
    items(first: 10) {
      edges {
        node {
          position
          status
          durationMs
          result {
            width
            height
            url
          }
          error {
            code
            message
          }
        }
      }
    }
  }
}
`,
    variables: { id: '{{jobId}}' },
  },
  {
    name: '9 Cancel job',
    query: `# Keeps what is finished. Run it while the job runs.
mutation Cancel($id: ID!) {
  cancelJob(id: $id) {
    status
    completedCount
    totalCount
  }
}
`,
    variables: { id: '{{jobId}}' },
  },
  {
    name: '10 Retry job',
    query: `# Runs the failed and cancelled items again.
mutation Retry($id: ID!) {
  retryJob(id: $id) {
    status
    completedCount
    totalCount
  }
}
`,
    variables: { id: '{{jobId}}' },
  },
  ...BENCHMARK_EXAMPLES,
];
