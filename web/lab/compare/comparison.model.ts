import type {
  ComparisonRow,
  ComparisonVerdict,
} from '../../../src/benchmark/analysis/comparison/comparison.js';
import { interval, milliseconds, times } from '../../../src/benchmark/analysis/format-numbers.js';
import { comparedName } from '../../../src/benchmark/charts/forest-chart.js';
import type { Table } from '../../../src/benchmark/export/tables/table.js';
import { environmentTable } from '../../../src/benchmark/export/tables/tables.js';
import type { BenchmarkEnvironment } from '../../../src/benchmark/machine-facts.js';

/** A compared run, as far as the page names it. */
export interface NamedRun {
  id: string;
  name: string;
  environment: BenchmarkEnvironment | null;
}

/** Runs of one name, with their start behind it, or the begin of their id where it is not known or the same. */
export function distinctRuns<Run extends NamedRun & { startedAt: string | null }>(
  runs: readonly Run[],
  timeText: (iso: string) => string,
): Run[] {
  const byName = suffixed(runs, ({ startedAt }) => (startedAt === null ? '' : timeText(startedAt)));
  return suffixed(byName, ({ id }) => id.slice(0, 8));
}

/** Adds a text to each name that several runs have. */
function suffixed<Run extends NamedRun>(runs: readonly Run[], textOf: (run: Run) => string): Run[] {
  const ofName = Map.groupBy(runs, ({ name }) => name);
  return runs.map((run) => {
    const text = (ofName.get(run.name)?.length ?? 0) > 1 ? textOf(run) : '';
    return text === '' ? run : { ...run, name: `${run.name} (${text})` };
  });
}

/** Ids of the runs of an address: the baseline, and the candidates separated by commas. */
export function comparedIds(query: Readonly<Record<string, string>>): {
  baseline: string;
  candidates: string[];
} {
  const { baseline = '', candidates = '' } = query;
  const ids = candidates.split(',').filter((id) => id !== '' && id !== baseline);
  return { baseline, candidates: [...new Set(ids)] };
}

export const VERDICTS: Readonly<Record<ComparisonVerdict, string>> = {
  FASTER: 'faster',
  SLOWER: 'slower',
  INDISTINGUISHABLE: 'same within 5 %',
  INCONCLUSIVE: 'not decided',
};

/** How many cells have each verdict, such as `2 faster, 1 not decided`. */
export function verdictSummary(rows: readonly Pick<ComparisonRow, 'verdict'>[]): string {
  const counts = (Object.keys(VERDICTS) as ComparisonVerdict[]).flatMap((verdict) => {
    const count = rows.filter((row) => row.verdict === verdict).length;
    return count > 0 ? [`${count} ${VERDICTS[verdict]}`] : [];
  });
  return counts.join(', ');
}

/** Cells whose difference other programs can explain, with what to do about it. */
export function comparisonDoubts(rows: readonly ComparisonRow[]): { cell: string; text: string }[] {
  return rows.flatMap(({ doubt, ...row }) =>
    doubt ? [{ cell: comparedName(row), text: `${doubt.meaning} ${doubt.advice}` }] : [],
  );
}

/** The table twin of the forest plot. */
export function comparisonTable(rows: readonly ComparisonRow[]): Table {
  return {
    caption: 'Comparison',
    head: ['Cell', 'Verdict', 'Baseline', 'Candidate', 'Times as fast', '95 % interval', 'p'],
    rows: rows.map((row) => [
      comparedName(row),
      VERDICTS[row.verdict],
      milliseconds(row.baselineMedianMs),
      milliseconds(row.medianMs),
      times(row.ratio),
      interval(row.ratioInterval, times),
      row.pValue === null ? '–' : row.pValue < 0.001 ? '< 0.001' : row.pValue.toPrecision(2),
    ]),
  };
}

/** One column for each run, the baseline first; the properties that differ come first. Null where no run has an environment. */
export function environmentsTable(runs: readonly NamedRun[]): { table: Table; differing: number } | null {
  const columns = runs.map(({ environment }) => environmentTable({ environment })?.rows ?? []);
  const properties = columns.find((rows) => rows.length > 0)?.map(([property]) => property ?? '');
  if (!properties) return null;
  const rows = properties.map((property) => [
    property,
    ...columns.map((column) => column.find(([name]) => name === property)?.[1] ?? 'unknown'),
  ]);
  const differs = ([, ...values]: string[]) => new Set(values).size > 1;
  const [unlike, alike] = [rows.filter(differs), rows.filter((row) => !differs(row))];
  return {
    differing: unlike.length,
    table: {
      caption: 'Environments',
      head: ['Property', ...runs.map(({ name }, i) => (i === 0 ? `${name} (baseline)` : name)), 'Differs'],
      rows: [...unlike.map((row) => [...row, 'yes']), ...alike.map((row) => [...row, 'no'])],
      words: true,
    },
  };
}
