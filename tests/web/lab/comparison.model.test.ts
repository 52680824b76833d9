import { describe, expect, it } from '@jest/globals';
import { compareBenchmarks } from '../../../src/benchmark/analysis/comparison/comparison.js';
import {
  comparedIds,
  comparisonDoubts,
  comparisonTable,
  distinctRuns,
  environmentsTable,
  verdictSummary,
} from '../../../web/lab/compare/comparison.model.js';
import { around, environment, samplesOf } from '../../benchmark/samples.js';

const rows = compareBenchmarks(
  { id: 'a', samples: [...samplesOf({ workers: 1 }, around(100)), ...samplesOf({ workers: 2 }, [50])] },
  [{ id: 'b', samples: [...samplesOf({ workers: 1 }, around(150)), ...samplesOf({ workers: 2 }, [50])] }],
);

describe('a comparison', () => {
  it('reads its runs from the address, each once', () => {
    expect(comparedIds({ baseline: 'a', candidates: 'b,,c,b,a' })).toEqual({
      baseline: 'a',
      candidates: ['b', 'c'],
    });
    expect(comparedIds({})).toEqual({ baseline: '', candidates: [] });
  });

  it('distinguishes runs of one name by their start, and by their id where that is the same', () => {
    const run = (id: string, name: string, startedAt: string | null) => ({
      ...{ id, name, startedAt, environment: null },
    });
    const named = distinctRuns(
      [run('1', 'a', 'x'), run('2', 'a', 'y'), run('3', 'b', 'x'), run('4', 'c', null), run('5', 'c', null)],
      (iso) => `at ${iso}`,
    ).map(({ name }) => name);
    expect(named).toEqual(['a (at x)', 'a (at y)', 'b', 'c (4)', 'c (5)']);
  });

  it('counts its verdicts, and has a row in the table for each cell', () => {
    expect(verdictSummary(rows)).toBe('1 slower, 1 not decided');
    expect(comparisonTable(rows).rows.map(([, verdict, , , ratio]) => [verdict, ratio])).toEqual([
      ['slower', '0.67x'],
      ['not decided', '1.00x'],
    ]);
  });

  it('says for each cell that other programs leave undecided why, and what to do', () => {
    const busy = [{ id: 'b', samples: samplesOf({ otherCpuShare: 0.5 }, around(150)) }];
    const doubted = compareBenchmarks({ id: 'a', samples: samplesOf({}, around(100)) }, busy);
    expect(verdictSummary(doubted)).toBe('1 not decided');
    expect(comparisonDoubts(doubted)).toEqual([
      {
        cell: 'THREADS ×2, SHARP, 10',
        text: expect.stringMatching(/^Other programs .* and 50 % .* Repeat both on an idle machine/),
      },
    ]);
    expect(comparisonDoubts(rows)).toEqual([]);
  });

  it('names the properties of the machines that differ, first', () => {
    const run = (id: string, cpuModel: string) => ({ id, name: id, environment: environment({ cpuModel }) });
    const compared = environmentsTable([run('a', 'one'), run('b', 'two')]);
    expect(compared?.differing).toBe(1);
    expect(compared?.table.rows[0]).toEqual(['Processor', 'one', 'two', 'yes']);
    expect(compared?.table.head).toEqual(['Property', 'a (baseline)', 'b', 'Differs']);
    expect(environmentsTable([{ id: 'a', name: 'a', environment: null }])).toBeNull();
  });
});
