import { useMemo } from 'preact/hooks';
import { groupTitle } from '../../../src/benchmark/charts/work-group.js';
import { CHART_SECTIONS, type ChartSection } from '../../../src/benchmark/export/chart-sections.js';
import { Chart } from '../../charts/chart.js';
import { Legend } from '../../charts/legend.js';
import { ZoomableChart } from '../../charts/zoomable-chart.js';
import type { RunView } from '../run/run-view.model.js';
import { Section } from './section.js';
import styles from './section.module.css';
import { useGrowing } from './use-growing.js';

interface ChartSectionsProps {
  view: RunView;
  /** Sections to show. Default: all. */
  ids?: readonly string[];
  /** How to read them, by id, in other words than those of the report. */
  texts?: Readonly<Record<string, string>>;
}

/** The sections of the HTML report that have charts, in its order. */
export function ChartSections({ view, ids, texts = {} }: ChartSectionsProps) {
  const sections = CHART_SECTIONS.filter(({ id }) => !ids || ids.includes(id));
  const drawn = useGrowing(sections.length);
  return (
    <>
      {sections.slice(0, drawn).map((section) => (
        <OneSection
          key={section.id}
          section={section}
          text={texts[section.id] ?? section.text}
          view={view}
          isAlone={ids !== undefined}
        />
      ))}
    </>
  );
}

interface OneSectionProps {
  section: ChartSection;
  text: string;
  view: RunView;
  /** Without the answer of a run above it. */
  isAlone: boolean;
}

function OneSection({ section, text, view, isAlone }: OneSectionProps) {
  const drawn = useMemo(
    () =>
      section.groups(view).flatMap((group) => {
        const spec = section.chart(group, view);
        return spec ? [{ spec, title: groupTitle(group), table: section.table(group) }] : [];
      }),
    [section, view],
  );
  if (drawn.length === 0 || (section.isBesideAnswer && !isAlone && drawn.length === 1)) return null;
  const Drawn = section.zoomable ? ZoomableChart : Chart;
  return (
    <Section id={section.id} title={section.title} text={text}>
      {section.legend && <Legend signs={section.legend(view)} />}
      <div class={styles.charts}>
        {drawn.map(({ spec, title, table }) => (
          <Drawn key={title} spec={spec} title={title} table={table} titled openTable={drawn.length === 1} />
        ))}
      </div>
    </Section>
  );
}
