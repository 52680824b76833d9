/** An operation in a tab of the playground. */
export interface PlaygroundExample {
  name: string;
  query: string;
  variables?: Record<string, unknown>;
  /** Keeps `data.<field>.<key>` of the response; later examples use it as `{{variable}}`. */
  remember?: { variable: keyof typeof PLAYGROUND_VARIABLES; field: string; key: string };
  /** Needs no access token. */
  signedOut?: boolean;
}

/** Variables that examples pass to each other; empty until an example has set them. */
export const PLAYGROUND_VARIABLES = {
  accessToken: '',
  imageId: '',
  jobId: '',
  benchmarkId: '',
  secondBenchmarkId: '',
};
