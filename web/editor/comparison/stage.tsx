import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ChoiceBar } from '../../ui/choice-bar.js';
import { Icon } from '../../ui/icon.js';
import { type CompareMode, Comparison, type ShownImage } from './comparison.js';
import { type FocalPoint, FocalPointPicker } from './focal-point-picker.js';
import styles from './stage.module.css';
import { fitZoom, nextZoom } from './zoom.model.js';

const MODES: Record<CompareMode, string> = {
  SLIDER: 'Slider',
  SIDES: 'Side by side',
  DIFFERENCE: 'Difference',
};

interface StageProps {
  before: ShownImage;
  /** Undefined: there is nothing to compare with yet. */
  after: ShownImage | undefined;
  busy: boolean;
  picking: Signal<boolean>;
  focalPoint: FocalPoint | null;
  onFocalPoint(point: FocalPoint): void;
}

/** Shows the image before and after, at any zoom. */
export function Stage({ before, after, busy, picking, focalPoint, onFocalPoint }: StageProps) {
  const mode = useSignal<CompareMode>('SLIDER');
  /** Screen pixels for one pixel of the result; undefined: the whole image is shown. */
  const zoom = useSignal<number | undefined>(undefined);
  const room = useRef<HTMLDivElement>(null);
  const roomSize = useRoomSize(room);
  const shown = picking.value ? before : (after ?? before);
  const sides = !picking.value && after !== undefined && mode.value === 'SIDES' ? 2 : 1;
  const fit = fitZoom(shown, { ...roomSize.value, width: roomSize.value.width / sides });
  const scale = zoom.value ?? fit;
  const change = (direction: 1 | -1) => {
    zoom.value = nextZoom(scale, direction);
  };
  const box = { width: shown.width * scale, height: shown.height * scale };

  return (
    <section class={styles.stage} aria-label="Preview" aria-busy={busy}>
      <div class={styles.bar}>
        {after && !picking.value && (
          <ChoiceBar
            label="Comparison"
            choices={MODES}
            value={mode.value}
            onChoose={(choice) => {
              mode.value = choice;
            }}
          />
        )}
        {picking.value && (
          <span class={styles.hint}>Click the point that crops should keep. Press Escape when done.</span>
        )}
        <span class={styles.zoom}>
          <button type="button" aria-label="Zoom out" onClick={() => change(-1)}>
            <Icon name="MINUS" />
          </button>
          <output aria-label="Zoom">{Math.round(scale * 100)} %</output>
          <button type="button" aria-label="Zoom in" onClick={() => change(1)}>
            <Icon name="PLUS" />
          </button>
          <button
            type="button"
            aria-pressed={zoom.value === undefined}
            onClick={() => {
              zoom.value = undefined;
            }}
          >
            Fit
          </button>
        </span>
      </div>
      <div
        ref={room}
        class={styles.room}
        tabIndex={zoom.value === undefined ? undefined : 0}
        onWheel={(event) => {
          if (!event.ctrlKey) return;
          event.preventDefault();
          change(event.deltaY < 0 ? 1 : -1);
        }}
      >
        {picking.value ? (
          <FocalPointPicker
            image={before}
            box={box}
            point={focalPoint}
            onPick={onFocalPoint}
            onLeave={picking}
          />
        ) : (
          <Comparison before={before} after={after} mode={mode.value} box={box} />
        )}
      </div>
      {busy && <span class={styles.busy}>Computing …</span>}
    </section>
  );
}

/** Size of the room for the image, without its padding; follows the window. */
function useRoomSize(room: { current: HTMLDivElement | null }) {
  const size = useSignal({ width: 1, height: 1 });
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      size.value = { width: Math.max(1, width), height: Math.max(1, height) };
    });
    if (room.current) observer.observe(room.current);
    return () => observer.disconnect();
  }, []);
  return size;
}
