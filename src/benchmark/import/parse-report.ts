import type { z } from 'zod';
import { AppError } from '../../errors.js';
import { WORKLOAD_FACTS } from '../../execution/model.js';
import { lostShares, type RaceExperiment } from '../../execution/race.js';
import { checkOperations } from '../../imaging/check-operations.js';
import { DEFAULT_IMAGING_LIMITS } from '../../imaging/limits.js';
import type { Operation } from '../../imaging/operation.js';
import { cellKey } from '../cell.js';
import type { BenchmarkRecord } from '../export/report.js';
import { DEFAULT_PLAN_LIMITS } from '../plan-input.js';
import { type BenchmarkSample, medianSample, type SampleTrace } from '../sample.js';
import { FORMAT_VERSION, reportFile } from './report-schema.js';

/** What can be imported, and where it comes from. */
const RIGHT_FILE = 'the JSON report of a run, or the benchmark.json that nogil-bench bench --out writes';

type RaceFile = NonNullable<z.output<typeof reportFile>['race']>;

/**
 * Reads a JSON report of this program, or of another one in the same format.
 *
 * @param source names the file in errors, such as `file`
 * @throws AppError BAD_USER_INPUT that names the wrong field by its path
 */
export function parseReportFile(text: string, source: string): BenchmarkRecord {
  const parsed = reportFile.safeParse(jsonOf(text, source));
  if (!parsed.success) throw AppError.badInput(source, problem(parsed.error));
  const { data } = parsed;
  const operations = checkedOperations(data, source);
  const cells = new Set(data.samples.map((sample) => cellKey(sample)));
  if (cells.size > DEFAULT_PLAN_LIMITS.maxCells) {
    throw AppError.beyond(
      `${source}: cells of samples`,
      'maxCells',
      DEFAULT_PLAN_LIMITS.maxCells,
      cells.size,
    );
  }
  const { format: _format, formatVersion: _version, cells: courses, race, ...record } = data;
  return {
    ...record,
    operations,
    samples: withCourses(data.samples.map(withoutNull), courses),
    environment: withoutUndefined(data.environment),
    totalCells: Math.max(cells.size, data.totalCells ?? 0),
    race: race && summarizedRace(race),
  } as BenchmarkRecord;
}

function jsonOf(text: string, source: string): unknown {
  // Trimming removes the byte order mark too, which PowerShell and some editors write.
  const trimmed = text.trim();
  if (trimmed === '') throw AppError.badInput(source, `is empty; choose ${RIGHT_FILE}`);
  try {
    return JSON.parse(trimmed);
  } catch {
    throw AppError.badInput(source, `is not JSON; choose ${RIGHT_FILE}`);
  }
}

function checkedOperations(
  { workload, operations }: z.output<typeof reportFile>,
  source: string,
): Operation[] {
  if (!WORKLOAD_FACTS[workload].usesImages || operations.length === 0) return [];
  try {
    checkOperations(operations as Operation[], DEFAULT_IMAGING_LIMITS);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw AppError.badInput(source, error.message.replace(/^input\./, ''));
  }
  return operations as Operation[];
}

/** The first problem, with the path of its field. */
function problem({ issues }: z.ZodError): string {
  const [issue] = issues;
  const path =
    issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') ?? '';
  const field = path.replace(/^\./, '');
  if (field === '' || field === 'format')
    return `is not a report of nogil-bench: it must be an object whose format is "nogil-bench"; choose ${RIGHT_FILE}`;
  if (field === 'formatVersion')
    return `is a report of a format that this release does not read: formatVersion must be ${FORMAT_VERSION}; update nogil-bench, or write the report with this release`;
  return `is not a report of nogil-bench: ${field}: ${issue?.message ?? ''}`;
}

/** Gives the median sample of each cell its course. */
function withCourses(
  samples: readonly BenchmarkSample[],
  courses: z.output<typeof reportFile>['cells'],
): BenchmarkSample[] {
  const ofCell = Map.groupBy(samples, cellKey);
  const traces = new Map<BenchmarkSample | undefined, SampleTrace>(
    courses
      .filter(({ timeline }) => timeline.length > 0)
      .map(({ timeline, eventLoopDelaysMs, ...cell }) => [
        // In the order of a summary, so that of two samples with the same time it is the same one.
        medianSample(byRepetition(ofCell.get(cellKey({ ...cell, sweep: cell.sweep ?? null })) ?? [])),
        { timeline, eventLoopDelaysMs },
      ]),
  );
  return samples.map((sample) => {
    const trace = traces.get(sample);
    return trace ? { ...sample, trace } : sample;
  });
}

const byRepetition = (samples: readonly BenchmarkSample[]): BenchmarkSample[] =>
  samples.toSorted((a, b) => a.repetition - b.repetition);

function withoutNull({
  implementation,
  otherResult,
  trace,
  ...sample
}: z.output<typeof reportFile>['samples'][number]): BenchmarkSample {
  return {
    ...sample,
    sweep: sample.sweep ?? null,
    ...(implementation && { implementation }),
    ...(otherResult && { otherResult }),
    ...(trace && trace.timeline.length > 0 && { trace }),
  };
}

/** The figures of a race that its counts give are computed anew. */
function summarizedRace({ workers, results }: RaceFile): RaceExperiment {
  return { workers, results: results.map((result) => ({ ...result, ...lostShares(result) })) };
}

const withoutUndefined = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Value;
