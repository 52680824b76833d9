import { FiguresTable } from '../../charts/figures-table.js';
import { countOf } from '../../ui/format.js';
import { Section } from '../result/section.js';
import { environmentsTable, type NamedRun } from './comparison.model.js';

/** Machines, versions and work that differ. */
export function EnvironmentsSection({
  runs,
  differences,
}: {
  runs: readonly NamedRun[];
  differences: readonly string[];
}) {
  const environments = environmentsTable(runs);
  return (
    <Section
      id="differences"
      title="What differs"
      text={
        environments?.differing === 0
          ? 'The machines and versions are equal.'
          : 'Properties that differ come first. Each of them can be the cause of a ratio.'
      }
    >
      {environments && <FiguresTable table={environments.table} />}
      {differences.length > 0 && (
        <details open={!environments}>
          <summary>
            {countOf(differences.length, 'difference')} of machines, times, cells and results, in words
          </summary>
          <ul>
            {differences.map((difference) => (
              <li key={difference}>{difference}</li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
