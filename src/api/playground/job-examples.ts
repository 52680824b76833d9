import type { PlaygroundExample } from './playground-example.js';

/** Number of copies of the image: JIMP is busy with them until the user opens the tab with the progress. */
const MANY_IMAGES = new Array<string>(40).fill('{{imageId}}');

const LARGE_WITH_BLUR = [
  { resize: { width: 1600, height: 900, fit: 'COVER' } },
  { blur: { sigma: 4 } },
  { convert: { format: 'JPEG', quality: 80 } },
];

/** Examples of batch jobs. */
export const JOB_EXAMPLES: readonly PlaygroundExample[] = [
  {
    name: '8 Batch job',
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
    name: '9 Job progress',
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
    name: '10 Job results',
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
    name: '11 Cancel job',
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
    name: '12 Retry job',
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
];
