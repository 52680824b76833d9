import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ShownImage } from './comparison.js';
import styles from './focal-point-picker.module.css';

/** A point of an image, as shares of its width and height. */
export interface FocalPoint {
  x: number;
  y: number;
}

interface FocalPointPickerProps {
  image: ShownImage;
  box: { width: number; height: number };
  point: FocalPoint | null;
  onPick(point: FocalPoint): void;
  /** Set to false when the user presses Escape. */
  onLeave: Signal<boolean>;
}

/** Share of the image by which an arrow key moves the point. */
const STEP = 0.02;
const MOVES: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** The original, on which a click or the arrow keys set the focal point. */
export function FocalPointPicker({ image, box, point, onPick, onLeave }: FocalPointPickerProps) {
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') onLeave.value = false;
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [onLeave]);
  const { x, y } = point ?? { x: 0.5, y: 0.5 };
  return (
    <button
      type="button"
      class={styles.picker}
      style={{ width: `${box.width}px`, height: `${box.height}px` }}
      aria-label={`Focal point at ${percent(x)} from the left and ${percent(y)} from the top; arrow keys move it`}
      onClick={(event) => {
        // A click by the keyboard has no place.
        if (event.detail === 0) return;
        const area = event.currentTarget.getBoundingClientRect();
        onPick({
          x: share((event.clientX - area.left) / area.width),
          y: share((event.clientY - area.top) / area.height),
        });
      }}
      onKeyDown={(event) => {
        const move = MOVES[event.key];
        if (!move) return;
        event.preventDefault();
        onPick({ x: share(x + move[0]), y: share(y + move[1]) });
      }}
    >
      <img src={image.url} alt="" />
      <span class={styles.point} style={{ left: percent(x), top: percent(y) }} />
    </button>
  );
}

const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1_000) / 1_000;
const percent = (value: number): string => `${Math.round(value * 1_000) / 10}%`;
