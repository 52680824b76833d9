import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cellKey } from '../../../src/benchmark/cell.js';
import { toJson } from '../../../src/benchmark/export/json.js';
import { type BenchmarkRecord, buildReport } from '../../../src/benchmark/export/report.js';
import { toTrace } from '../../../src/benchmark/export/trace.js';
import { parseReportFile } from '../../../src/benchmark/import/parse-report.js';
import { reportJsonSchema } from '../../../src/benchmark/import/report-schema.js';
import { medianSample } from '../../../src/benchmark/sample.js';
import { record as runRecord } from '../export/record.js';
import { around, samplesOf } from '../samples.js';

const STORED = readFileSync('docs/runs/quick.json', 'utf8');

/** The smallest file: what a program in another language has to write. */
const smallest = () => ({
  format: 'nogil-bench',
  formatVersion: 1,
  name: 'python',
  workload: 'FIBONACCI',
  repetitions: 5,
  environment: {
    os: 'Linux',
    cpuModel: 'cpu',
    availableParallelism: 2,
    totalMemoryBytes: 1e9,
    runtime: 'CPython 3.14.0, GIL on',
  },
  samples: Array.from({ length: 5 }, (_, repetition) => sample({ repetition, wallMs: 100 + repetition })),
});
const sample = (changes: object) => ({
  model: 'SYNC',
  engine: null,
  imageCount: 4,
  workers: 1,
  repetition: 0,
  wallMs: 100,
  outputDigest: 'ab'.repeat(32),
  ...changes,
});

const TIMELINE = [{ task: 0, worker: 0, queuedMs: 0, startMs: 1, lockWaitMs: 0, computeMs: 9, endMs: 10 }];

/** The record with every field that a stored one has, and a timeline for the median sample of each cell. */
function traced(record: BenchmarkRecord): BenchmarkRecord {
  const samples = record.samples.map((one) => ({ throttledMs: null, ...one, sweep: one.sweep ?? null }));
  const medians = new Set([...Map.groupBy(samples, cellKey).values()].map((ofCell) => medianSample(ofCell)));
  return {
    ...record,
    samples: samples.map((one) =>
      medians.has(one) ? { ...one, trace: { timeline: TIMELINE, eventLoopDelaysMs: [0.5, 2] } } : one,
    ),
  };
}

function sweptRecord(): Partial<BenchmarkRecord> {
  const values = [0, 0.5];
  // Equal times: of two median samples the same one has the timeline.
  const samples = values.flatMap((value) =>
    (['SYNC', 'THREADS_LOCKED'] as const).flatMap((model) =>
      samplesOf({ model, engine: null, sweep: { axis: 'LOCK_SHARE', value } }, [100, 100, 100, 100, 100]),
    ),
  );
  const sweep = { axis: 'LOCK_SHARE', values } as const;
  return { workload: 'FIBONACCI', operations: [], images: null, sweep, samples, totalCells: 4, race: null };
}

function taskRecord(): Partial<BenchmarkRecord> {
  const samples = [
    ...samplesOf({ model: 'SYNC', engine: null, workers: 1 }, around(100)),
    ...samplesOf(
      { engine: null, outputDigest: 'other', otherResult: { input: 3, model: 'SYNC' } },
      around(60),
    ),
  ];
  return { workload: 'TASK', task: 'sieve', operations: [], images: null, samples, totalCells: 2 };
}

const parse = (file: object) => parseReportFile(JSON.stringify(file), 'file');

describe('a JSON report', () => {
  it('is read unchanged, and its figures are computed anew', () => {
    const record = parseReportFile(STORED, 'file');
    const report = buildReport(record);
    expect(report.cells.length).toBe(10);
    const again = parseReportFile(toJson(report), 'file');
    expect(again.samples).toEqual(record.samples);
  });

  it.each<[string, Partial<BenchmarkRecord>]>([
    ['of two engines with a race', {}],
    ['that was cancelled', { status: 'CANCELLED', totalCells: 77, finishedAt: null }],
    ['with adaptive repetitions', { untilPercent: 3, seed: 9 }],
    ['of a sweep', sweptRecord()],
    ['of a task with different results', taskRecord()],
  ])('%s keeps every figure when it is read and written again', (_what, changes) => {
    const original = toJson(buildReport(traced(runRecord(changes))));
    expect(JSON.parse(toJson(buildReport(parseReportFile(original, 'file'))))).toEqual(JSON.parse(original));
  });

  it('has the timelines of cells, or those that its samples hold', () => {
    const cell = { ...sample({}), timeline: TIMELINE, eventLoopDelaysMs: [1] };
    const inCells = parse({ ...smallest(), cells: [cell] });
    const samples = smallest().samples.map((one) => ({
      ...one,
      ...(one.repetition === 2 && { trace: { timeline: TIMELINE, eventLoopDelaysMs: [1] } }),
    }));
    for (const record of [inCells, parse({ ...smallest(), samples })])
      expect(toTrace(buildReport(record))).toContain('"name":"task 0"');
  });

  it('computes the lost increments of a race from its counts', () => {
    const results = [
      { variant: 'ATOMIC', expected: 100, actual: [100, 50, 75], lostPercent: 0, nanosecondsPerIncrement: 2 },
    ];
    const { race } = parse({ ...smallest(), race: { workers: 2, results } });
    expect(race?.results[0]).toMatchObject({ lostPercent: 25, lostPercentMax: 50, overlapPercent: null });
  });

  it('of another program needs few fields', () => {
    const report = buildReport(parse(smallest()));
    expect(report.cells).toMatchObject([{ model: 'SYNC', medianMs: 102, implementation: null }]);
  });

  it('may begin with a byte order mark, as PowerShell writes it', () => {
    const record = parseReportFile(`\ufeff${JSON.stringify(smallest())}`, 'file');
    expect(record.name).toBe('python');
  });

  it('ignores figures that its samples do not give', () => {
    const forged = {
      ...smallest(),
      cells: [{ ...sample({}), medianMs: 1 }],
      recommendation: { reason: 'Take it' },
    };
    const report = buildReport(parse(forged));
    expect(report.cells[0]?.medianMs).toBe(102);
    expect(report.recommendation?.reason).not.toBe('Take it');
  });

  it.each<[string, object]>([
    ['format', { format: 'other' }],
    ['workload', { workload: 'GAMING' }],
    ['environment.totalMemoryBytes', { environment: { ...smallest().environment, totalMemoryBytes: -1 } }],
    ['samples[0].wallMs', { samples: [sample({ wallMs: 0 })] }],
    ['samples[0].wallMs', { samples: [sample({ wallMs: Number.MIN_VALUE })] }],
    ['samples[0].wallMs', { samples: [sample({ wallMs: 1e300 })] }],
    ['samples[0].imageCount', { samples: [sample({ imageCount: 10_001 })] }],
    ['samples[0].outputDigest', { samples: [sample({ outputDigest: '<b>' })] }],
    ['samples', { samples: [] }],
    ['samples', { samples: Array.from({ length: 2_401 }, () => sample({})) }],
    ['samples[1].repetition', { samples: [sample({}), sample({ wallMs: 120 })] }],
    ['finishedAt', { startedAt: '2026-01-02T00:00:01Z', finishedAt: '2026-01-02T00:00:00Z' }],
    ['name', { name: 'x'.repeat(256) }],
    ['operations[0].kind', { workload: 'IMAGE', operations: [{ kind: 'MINE', params: {} }] }],
    [
      'operations[0].blur.sigma',
      { workload: 'IMAGE', operations: [{ kind: 'BLUR', params: { sigma: -3 } }] },
    ],
  ])('is refused for a wrong %s', (field, changes) => {
    expect(() => parse({ ...smallest(), ...changes })).toThrow(field);
  });

  it.each([
    ['', 'is empty; choose the JSON report of a run'],
    ['{', 'is not JSON; choose the JSON report of a run'],
    ['[]', 'must be an object whose format is "nogil-bench"; choose'],
    ['{}', 'must be an object whose format is "nogil-bench"; choose'],
    ['null', 'must be an object whose format is "nogil-bench"; choose'],
    ['{"format":"nogil-bench","formatVersion":2}', 'formatVersion must be 1; update nogil-bench'],
  ])('is refused as the text %j, which says what would be right', (text, words) => {
    expect(() => parseReportFile(text, 'file')).toThrow(words);
  });

  it('is refused for too many cells', () => {
    const samples = Array.from({ length: 241 }, (_, index) => sample({ workers: index + 1 }));
    expect(() => parse({ ...smallest(), samples })).toThrow('at most 240');
  });

  it('agrees with its published schema', () => {
    expect(JSON.parse(readFileSync('docs/report.schema.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(reportJsonSchema())),
    );
  });

  it('can be read again after each field that the writer adds', () => {
    const record: BenchmarkRecord = parse(smallest());
    expect(() => parseReportFile(toJson(buildReport(record)), 'file')).not.toThrow();
  });
});
