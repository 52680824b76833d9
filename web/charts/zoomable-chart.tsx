import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Chart, type ChartProps } from './chart.js';
import { type Extent, WHOLE, type ZoomStep, zoom, zoomed } from './zoom.model.js';
import styles from './zoomable-chart.module.css';

const LABELS: Record<ZoomStep, string> = {
  IN: 'Zoom in',
  OUT: 'Zoom out',
  LEFT: 'Earlier',
  RIGHT: 'Later',
  ALL: 'Whole',
};

/** A chart whose x axis can be zoomed and moved, by buttons that the keyboard reaches too. */
export function ZoomableChart(props: ChartProps) {
  const extent = useSignal<Extent>(WHOLE);
  const spec = useMemo(() => zoomed(props.spec, extent.value), [props.spec, extent.value]);
  return (
    <div class={styles.zoomable}>
      <fieldset class={styles.buttons} aria-label={`Zoom: ${props.title}`}>
        {(Object.keys(LABELS) as ZoomStep[]).map((step) => {
          const next = zoom(extent.value, step);
          const { from, to } = extent.value;
          return (
            <button
              key={step}
              type="button"
              disabled={next.from === from && next.to === to}
              onClick={() => {
                extent.value = next;
              }}
            >
              {LABELS[step]}
            </button>
          );
        })}
      </fieldset>
      <Chart {...props} spec={spec} />
    </div>
  );
}
