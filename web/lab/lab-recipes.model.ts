/** Actions of the laboratory as code to copy. */
import type { ReportFormat } from '../../src/benchmark/report-format.js';
import { OPERATIONS } from '../api/generated/operations.js';
import { EnumValue, idList, type Literal, type Operation, reference } from '../recipes/graphql-text.model.js';
import type { Recipe } from '../recipes/recipe.model.js';
import type { OperationInput, RaceExperimentInput, RunBenchmarkInput } from './generated/graphql.js';

const STATE = 'id status progress completedCells totalCells';
const CELL =
  'model engine imageCount workers sweep { axis value } medianMs medianInterval { low high } speedup';

export function planRecipe(input: RunBenchmarkInput): Recipe {
  const selection = ['totalCells totalSamples estimatedSeconds warnings'];
  return request('Plan the run', {
    type: 'query',
    field: 'benchmarkPlan',
    ...runArguments(input),
    selection,
  });
}

export function runRecipe(input: RunBenchmarkInput): Recipe {
  const selection = [STATE];
  return request('Start the run', {
    type: 'mutation',
    field: 'runBenchmark',
    ...runArguments(input),
    selection,
  });
}

/** Follows a run until it has ended. */
export function followRecipe(benchmarkId: string): Recipe {
  return {
    kind: 'SUBSCRIPTION',
    title: 'Follow the run',
    operation: {
      type: 'subscription',
      field: 'benchmarkProgress',
      args: { benchmarkId },
      selection: [
        'seq status progress completedCells totalCells estimatedSecondsLeft',
        'measuring { model workers }',
        `cell { ${CELL} }`,
      ],
    },
    poll: runQuery(benchmarkId, [STATE]),
  };
}

export function resultRecipe(id: string): Recipe {
  const selection = [
    STATE,
    'recommendation { outcome model workers reason }',
    `cells { ${CELL} peakRssBytes eventLoopDelayP99Ms warnings }`,
  ];
  return request('Read the result', runQuery(id, selection));
}

export function reportRecipe(id: string, format: ReportFormat): Recipe {
  return request('Read a report', runQuery(id, [`report(format: ${format})`]));
}

export function cancelRecipe(id: string): Recipe {
  return request('Cancel the run', {
    type: 'mutation',
    field: 'cancelBenchmark',
    args: { id },
    selection: [STATE],
  });
}

export function deleteRecipe(id: string): Recipe {
  return request('Delete a run', { type: 'mutation', field: 'deleteBenchmark', args: { id } });
}

export function listRecipe(first: number): Recipe {
  const selection = [
    `edges { node { name createdAt ${STATE} } }`,
    'pageInfo { hasNextPage endCursor }',
    'totalCount',
  ];
  return request('List runs', { type: 'query', field: 'benchmarks', args: { first }, selection });
}

/** @param file name of a JSON report, in the folder in which the recipe runs */
export function importRecipe(file: string): Recipe {
  return {
    kind: 'UPLOAD',
    title: 'Import a run',
    files: [file],
    operation: {
      type: 'mutation',
      variables: { file: { type: 'Upload!', value: null } },
      field: 'importBenchmark',
      args: { file: reference('file') },
      selection: ['id name'],
    },
  };
}

export function compareRecipe(baselineId: string, candidateIds: readonly string[]): Recipe {
  return request('Compare runs', {
    type: 'query',
    field: 'compareBenchmarks',
    args: { baselineId, candidateIds },
    selection: [
      'rows { benchmarkId model engine imageCount workers sweep { axis value } ratio ratioInterval { low high } verdict doubt { meaning advice } }',
      'differences',
    ],
  });
}

export function raceRecipe(input: RaceExperimentInput): Recipe {
  const selection = [
    'id workers',
    'results { variant expected actual lostPercent overlapPercent nanosecondsPerIncrement }',
  ];
  return request('Run the race', {
    type: 'mutation',
    field: 'runRaceExperiment',
    args: { input: { ...input } },
    selection,
  });
}

export function racesRecipe(first: number): Recipe {
  const selection = ['id createdAt workers', 'results { variant lostPercent nanosecondsPerIncrement }'];
  return request('List experiments', { type: 'query', field: 'raceExperiments', args: { first }, selection });
}

const request = (title: string, operation: Operation): Recipe => ({ kind: 'REQUEST', title, operation });

const runQuery = (id: string, selection: readonly string[]): Operation => ({
  type: 'query',
  field: 'benchmark',
  args: { id },
  selection,
});

function runArguments(input: RunBenchmarkInput): Pick<Operation, 'args' | 'variables'> {
  const { workload, preset, models, engines, sweep, operations, imageIds, ...rest } = input;
  const { argument, ...variables } = idList('imageIds', (imageIds ?? []).map(String));
  const literal = {
    ...withoutNull(rest),
    ...(workload && { workload: new EnumValue(workload) }),
    ...(preset && { preset: new EnumValue(preset) }),
    ...(models && { models: models.map((model) => new EnumValue(model)) }),
    ...(engines && { engines: engines.map((engine) => new EnumValue(engine)) }),
    ...(sweep && { sweep: { axis: new EnumValue(sweep.axis), values: sweep.values } }),
    ...(operations && { operations: operations.map(operationLiteral) }),
    ...(imageIds && { imageIds: argument }),
  };
  return { args: { input: literal }, ...variables };
}

/** Values of enums have no quotes; the table of operations knows them. */
function operationLiteral(input: OperationInput): Literal {
  const [field, value] = Object.entries(input).find(([, given]) => given !== undefined) ?? [];
  const facts = Object.values(OPERATIONS).find((each) => each.field === field);
  if (!facts || field === undefined) throw new Error('An operation has one field.');
  if (typeof value !== 'object') return { [field]: value as boolean };
  const parameters: Readonly<Record<string, { type: string }>> = facts.parameters;
  const literals = Object.entries(value).map(([name, given]) => [
    name,
    parameters[name]?.type === 'ONE_OF' ? new EnumValue(String(given)) : given,
  ]);
  return { [field]: Object.fromEntries(literals) };
}

const withoutNull = (fields: Readonly<Record<string, Literal | null | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, Literal] => field[1] != null));
