import { describe, expect, it } from '@jest/globals';
import { toJson } from '../../../src/benchmark/export/json.js';
import type { BenchmarkRecord } from '../../../src/benchmark/export/report.js';
import { compareWithBaseline } from '../../../src/benchmark/gate/gate.js';
import { parseReportFile } from '../../../src/benchmark/import/parse-report.js';
import { report } from '../export/record.js';
import { around, environment, samplesOf } from '../samples.js';

const gate = (
  baseline: BenchmarkRecord,
  now: BenchmarkRecord,
  maxRegression: number,
  allowOtherMachine = false,
) => compareWithBaseline(baseline, now, { maxRegression, allowOtherMachine });

const measured = (medianMs: number) =>
  parseReportFile(toJson(report({ samples: samplesOf({}, around(medianMs)) })), 'file');

describe('a baseline', () => {
  it('is read from a JSON report, and nothing else', () => {
    expect(measured(100).samples).toHaveLength(5);
    for (const text of ['', 'null', '{}', '[1]']) {
      expect(() => parseReportFile(text, '--baseline')).toThrow(/^--baseline: is (?:empty|not a report)/);
    }
    const newer = '{"format":"nogil-bench","formatVersion":2}';
    expect(() => parseReportFile(newer, '--baseline')).toThrow(/^--baseline: .*: formatVersion must be 1/);
  });

  it.each([
    [100, 100, 0.1, true],
    [100, 108, 0.1, true],
    [100, 120, 0.1, false],
    [100, 120, 0.3, true],
    [100, 50, 0.1, true],
  ])(
    'of %d ms beside %d ms with a tolerance of %d: accepted is %p',
    (before, now, maxRegression, accepted) => {
      expect(gate(measured(before), measured(now), maxRegression).outcome === 'ACCEPTED').toBe(accepted);
    },
  );

  it.each([
    ['one sample', 1, 'REGRESSION'],
    ['most samples', 4, 'NOT_COMPARABLE'],
  ])('of a slower cell on a machine that was busy during %s is judged', (_what, busy, outcome) => {
    const now = measured(120);
    const samples = now.samples.map((sample, i) => ({ ...sample, otherCpuShare: i < busy ? 0.5 : 0 }));
    expect(gate(measured(100), { ...now, samples }, 0.1).outcome).toBe(outcome);
  });

  it('says for each doubtful cell what can explain it, and how many are slower', () => {
    const now = measured(120);
    const samples = now.samples.map((sample) => ({ ...sample, otherCpuShare: 0.5 }));
    expect(gate(measured(100), { ...now, samples }, 0.1).lines.slice(1)).toEqual([
      'Doubtful: THREADS, SHARP, 10 images, 2 w: other programs used up to 50 % of the processors; certain is only 0 %.',
      'Compared 1 of 1 cell. 1 of 1 cells are slower than the baseline by more than 10 %.',
      'Not comparable: noise or other programs can explain every slower cell; repeat on an idle machine, or raise --repetitions.',
    ]);
  });

  it('says of a cell that is not decided, and fails no build, what can explain its difference', () => {
    const samples = measured(120).samples.map((sample) => ({ ...sample, otherCpuShare: 0.5 }));
    const { lines, outcome } = gate({ ...measured(120), samples }, measured(100), 0.1);
    expect(outcome).toBe('ACCEPTED');
    expect(lines).toContain(
      'Doubtful: THREADS, SHARP, 10 images, 2 w: Other programs can explain this difference: they used 50 % of the processors during the baseline and 0 % during the candidate (medians).',
    );
  });

  it('with which nothing can be compared is not passed', () => {
    const other = parseReportFile(
      toJson(report({ samples: samplesOf({ workers: 7 }, around(100)) })),
      'file',
    );
    const few = parseReportFile(toJson(report({ samples: samplesOf({}, [100, 101]) })), 'file');
    for (const baseline of [other, few]) {
      const { lines, outcome } = gate(baseline, measured(100), 0.1);
      expect([lines.at(-1), outcome]).toEqual([
        expect.stringMatching(/^Not comparable: no valid cell has enough samples on both sides/),
        'NOT_COMPARABLE',
      ]);
    }
  });

  it('is compared by what was accepted, in the words of the work', () => {
    const fibonacci = (medianMs: number) =>
      parseReportFile(toJson(report({ samples: samplesOf({ engine: null }, around(medianMs)) })), 'file');
    const { lines } = gate(fibonacci(100), fibonacci(120), 0.025);
    expect(lines[0]).toMatch(/^SLOWER {13}THREADS, 10 tasks, 2 w: 100 ms → 120 ms/);
    expect(lines.at(-1)).toBe(
      'Compared 1 of 1 cell. 1 of 1 cells are slower than the baseline by more than 2.5 %.',
    );
  });

  it('says how the machine itself compares, where SYNC was measured', () => {
    const all = (syncMs: number[]) => {
      const sync = syncMs.flatMap((ms, index) =>
        samplesOf({ model: 'SYNC', workers: index + 1 }, around(ms)),
      );
      return parseReportFile(toJson(report({ samples: [...samplesOf({}, around(100)), ...sync] })), 'file');
    };
    const line = (before: number[], now: number[]) => gate(all(before), all(now), 0.1).lines.at(-2);
    expect(line([100, 100, 100], [108, 104, 120])).toBe(
      'SYNC itself is 8 % slower (median of 3 cells): a change of the machine or of the work, not of a model.',
    );
    expect(line([100], [90])).toMatch(/^SYNC itself is 10 % faster \(median of 1 cell\)/);
    expect(line([100], [100])).not.toContain('SYNC itself');
    expect(line([], [])).not.toContain('SYNC');
  });

  it('says that the samples are too few for significance, and how many are enough', () => {
    const cells = (medianMs: number, samples = around(medianMs)) =>
      parseReportFile(
        toJson(
          report({
            samples: Array.from({ length: 48 }, (_, index) => index + 1).flatMap((workers) =>
              samplesOf({ workers }, samples),
            ),
          }),
        ),
        'file',
      );
    const few =
      'By intervals alone: among 48 cells, this number of samples can never be significant; --repetitions 9 could.';
    expect(gate(cells(100), cells(100), 0.1).lines.at(-1)).toBe(
      `Compared 48 of 48 cells. No cell is slower than the baseline by more than 10 %. ${few}`,
    );
    expect(gate(cells(100), cells(120), 0.1).lines.at(-1)).toBe(
      `Compared 48 of 48 cells. 48 of 48 cells are slower than the baseline by more than 10 %. ${few}`,
    );
    const nine = cells(100, [...around(100), ...around(100).slice(1)]);
    expect(gate(cells(100), nine, 0.1).lines.at(-1)).toBe(
      'Compared 48 of 48 cells. No cell is significantly slower than the baseline by more than 10 %.',
    );
  });

  it('is compared in words, differences between the machines included', () => {
    const elsewhere = { ...measured(120), environment: environment({ nodeVersion: '26.0.0' }) };
    expect(gate(measured(100), elsewhere, 0.1).lines).toEqual([
      'SLOWER             THREADS, SHARP, 10 images, 2 w: 100 ms → 120 ms (+20 %; 95 % interval +18 % to +22 %, p = 0.0079)',
      'Differs: Node: 24.1.0 in the baseline, 26.0.0 now',
      'Compared 1 of 1 cell. 1 of 1 cells are slower than the baseline by more than 10 %.',
    ]);
  });

  const both = (syncMs: number, threadsMs: number, overrides: Parameters<typeof report>[0] = {}) =>
    parseReportFile(
      toJson(
        report({
          samples: [
            ...samplesOf({ model: 'SYNC', workers: 1 }, around(syncMs)),
            ...samplesOf({}, around(threadsMs)),
          ],
          ...overrides,
        }),
      ),
      'file',
    );
  const elsewhere = { environment: environment({ cpuModel: 'Other' }) };

  it('from another machine is not comparable, unless times relative to SYNC are allowed', () => {
    const faster = both(50, 25, elsewhere);
    const refused = gate(faster, both(100, 50), 0.1);
    expect([refused.outcome, refused.lines.at(-1)]).toEqual([
      'NOT_COMPARABLE',
      expect.stringMatching(/^Not comparable: the baseline is from another machine .*--allow-other-machine/),
    ]);
    expect(gate(faster, both(100, 50), 0.1, true).outcome).toBe('ACCEPTED');
    expect(gate(faster, both(100, 80), 0.1, true).outcome).toBe('REGRESSION');
  });

  it('with void or missing cells is not comparable, and says how many', () => {
    const now = both(100, 50);
    const missing = parseReportFile(
      toJson(report({ samples: samplesOf({ model: 'SYNC', workers: 1 }, around(100)) })),
      'file',
    );
    const voided = both(150, 75, {
      samples: [
        ...samplesOf({ model: 'SYNC', workers: 1 }, around(150)),
        ...samplesOf({ outputDigest: 'other' }, around(75)),
      ],
    });
    for (const [before, after] of [
      [now, missing],
      [voided, now],
    ] as const) {
      const { outcome, lines } = gate(before, after, 0.1);
      expect([outcome, lines.at(-1)]).toEqual([
        'NOT_COMPARABLE',
        'Not comparable: 1 of 2 cells of the baseline could not be compared: void, missing, or with too few samples.',
      ]);
    }
  });

  it('of other work is not comparable', () => {
    const other = gate(both(100, 50), both(100, 50, { operations: [] }), 0.1);
    expect([other.outcome, other.compared]).toEqual(['NOT_COMPARABLE', 0]);
    // A ratio of different work means nothing.
    expect(other.lines.filter((line) => line.includes('→'))).toEqual([]);
  });

  it('of a task with another name is comparable where both were measured in turn and the results are equal', () => {
    const task = (name: string, seconds: number, outputDigest = 'same') => ({
      ...measured(100),
      workload: 'TASK' as const,
      task: name,
      startedAt: new Date(1_000 * seconds).toISOString(),
      finishedAt: new Date(1_000 * (seconds + 60)).toISOString(),
      samples: samplesOf({ outputDigest }, around(100)),
    });
    const inTurn = gate(task('old', 0), task('new', 2), 0.1);
    expect(inTurn.outcome).toBe('ACCEPTED');
    expect(inTurn.lines).toContain('Differs: task: old in the baseline, new now');
    expect(gate(task('old', 0), task('new', 120), 0.1).outcome).toBe('NOT_COMPARABLE');
    expect(gate(task('old', 0), task('new', 2, 'other'), 0.1).outcome).toBe('NOT_COMPARABLE');
  });
});
