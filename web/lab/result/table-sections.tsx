import { cellTable, environmentTable, verdictTable } from '../../../src/benchmark/export/tables/tables.js';
import { FiguresTable } from '../../charts/figures-table.js';
import type { RunFactsFragment } from '../generated/graphql.js';
import type { RunView } from '../run/run-view.model.js';
import { Section } from './section.js';

/** How each model scales, in words. Empty until the server has fitted the curves. */
export function VerdictSection({ view }: { view: RunView }) {
  const table = verdictTable(view);
  if (table.rows.length === 0) return null;
  return (
    <Section
      id="scaling"
      title="How each model scales"
      text={view.scaling.some(({ usl }) => usl) ? undefined : NO_CURVE}
    >
      <FiguresTable table={table} />
    </Section>
  );
}

const NO_CURVE =
  'No curve is fitted: that takes at least 4 worker counts up to the number of processors (TOO_FEW_POINTS).';

/** Every cell with its figures. */
export function CellSection({ view, facts }: { view: RunView; facts: RunFactsFragment }) {
  if (view.cells.length === 0) return null;
  return (
    <Section id="cells" title="All cells">
      <FiguresTable table={cellTable({ cells: view.cells, sweep: facts.sweep })} />
    </Section>
  );
}

/** Machine and versions. */
export function EnvironmentSection({ facts: { environment } }: { facts: RunFactsFragment }) {
  const table = environment && environmentTable({ environment });
  if (!table) return null;
  return (
    <Section id="environment" title="Environment">
      <FiguresTable table={table} />
    </Section>
  );
}
