import { useEffect, useRef } from 'preact/hooks';
import type { TopLevelSpec } from 'vega-lite';
import type { Table } from '../../src/benchmark/export/tables/table.js';
import styles from './chart.module.css';
import { aspectRatioOf } from './chart-size.model.js';
import type { Drawing } from './drawing.js';
import { FiguresTable } from './figures-table.js';

export interface ChartProps {
  /** A specification of `src/benchmark/charts/`: the same that the HTML report draws. */
  spec: TopLevelSpec;
  /** What the chart shows, for screen readers and above its table. */
  title: string;
  /** The same figures as a table. */
  table: Table;
  /** Shows the title above the chart. Default: false. */
  titled?: boolean;
  /** Shows the table without a click, beside the chart where there is room. Default: false. */
  openTable?: boolean;
}

/** A chart with its table twin. Vega is loaded when the first chart comes into view. */
export function Chart({ spec, title, table, titled, openTable }: ChartProps) {
  const container = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(null);
  const wanted = useRef(spec);
  wanted.current = spec;
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let isGone = false;
    const stop = onceVisible(element, () => {
      // Where the chunk cannot be loaded, the app says so (`vite:preloadError`); the table is there without it.
      import('./drawing.js').then(
        (module) => {
          if (isGone) return;
          drawing.current = new module.Drawing(element);
          drawing.current.show(wanted.current);
        },
        () => undefined,
      );
    });
    return () => {
      isGone = true;
      stop();
      drawing.current?.close();
    };
  }, []);
  useEffect(() => drawing.current?.show(spec), [spec]);
  return (
    <figure class={styles.figure} aria-label={title} data-table={openTable ? 'OPEN' : 'CLOSED'}>
      {titled && <figcaption>{title}</figcaption>}
      <div role="img" aria-label={`Chart. ${title}`}>
        {/* Vega gives marks roles without names; the table says what they show. */}
        <div
          ref={container}
          class={styles.drawing}
          style={{ aspectRatio: aspectRatioOf(spec) }}
          aria-hidden="true"
        />
      </div>
      <details open={openTable ?? false}>
        <summary>Figures</summary>
        <FiguresTable table={table} />
      </details>
    </figure>
  );
}

/** Calls `then` when an element comes near the visible part of the page; returns a function that stops waiting. */
function onceVisible(element: Element, then: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      then();
    },
    { rootMargin: '300px' },
  );
  observer.observe(element);
  return () => observer.disconnect();
}
