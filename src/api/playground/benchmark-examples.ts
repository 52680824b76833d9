import type { PlaygroundExample } from './playground-example.js';

const RUN = `mutation Benchmark($input: RunBenchmarkInput!) {
  runBenchmark(input: $input) {
    id
    name
    status
    totalCells
  }
}
`;

/** Examples of the laboratory. */
export const BENCHMARK_EXAMPLES: readonly PlaygroundExample[] = [
  {
    name: '13 Benchmark',
    query: `# Runs the standard pipeline under five concurrency models; about 90 seconds on two processors.
${RUN}`,
    variables: { input: { preset: 'QUICK', name: 'First' } },
    remember: { variable: 'benchmarkId', field: 'runBenchmark', key: 'id' },
  },
  {
    name: '14 Benchmark progress',
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
  {
    name: '15 Benchmark report',
    query: `# Open "reportUrl" to see the charts.
query Report($id: ID!) {
  benchmark(id: $id) {
    name
    status
    recommendation {
      model
      engine
      workers
      reason
    }
    reportUrl
    report(format: MARKDOWN)
  }
}
`,
    variables: { id: '{{benchmarkId}}' },
  },
  {
    name: '16 Second benchmark',
    query: `# Runs the benchmark again, to compare the two in the next tab.
${RUN}`,
    variables: { input: { preset: 'QUICK', name: 'Second' } },
    remember: { variable: 'secondBenchmarkId', field: 'runBenchmark', key: 'id' },
  },
  {
    name: '17 Compare',
    query: `# Ratios of medians: below 1 the second benchmark is faster.
query Compare($baselineId: ID!, $candidateIds: [ID!]!) {
  compareBenchmarks(baselineId: $baselineId, candidateIds: $candidateIds) {
    differences
    rows {
      model
      workers
      baselineMedianMs
      medianMs
      ratio
      ratioInterval {
        low
        high
      }
      verdict
    }
  }
}
`,
    variables: { baselineId: '{{benchmarkId}}', candidateIds: ['{{secondBenchmarkId}}'] },
  },
  {
    name: '18 Race',
    query: `# Threads add to one counter: without a lock or atomics, increments are lost.
mutation Race($input: RaceExperimentInput!) {
  runRaceExperiment(input: $input) {
    workers
    results {
      variant
      expected
      actual
      lostPercent
      nanosecondsPerIncrement
    }
  }
}
`,
    variables: { input: { workers: 4, incrementsPerWorker: 100_000 } },
  },
];
