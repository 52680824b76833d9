import { useSignal } from '@preact/signals';
import styles from './comparison.module.css';

export type CompareMode = 'SLIDER' | 'SIDES' | 'DIFFERENCE';

export interface ShownImage {
  url: string;
  /** Such as `Original`. */
  label: string;
  /** Address of a small image that is shown until this one is loaded. */
  placeholder?: string | undefined;
  /** Pixels. */
  width: number;
  height: number;
}

interface ComparisonProps {
  before: ShownImage;
  after: ShownImage | undefined;
  mode: CompareMode;
  /** Size of an image on the screen, in pixels. */
  box: { width: number; height: number };
}

/** Two images in the same place, compared in one of three ways. */
export function Comparison({ before, after, mode, box }: ComparisonProps) {
  const share = useSignal(50);
  const style = { width: `${box.width}px`, height: `${box.height}px` };
  if (!after) {
    return (
      <div class={styles.box} style={style}>
        <Layer image={before} side="LEFT" />
      </div>
    );
  }
  if (mode === 'SIDES') {
    return (
      <div class={styles.sides}>
        <div class={styles.box} style={style}>
          <Layer image={before} side="LEFT" />
        </div>
        <div class={styles.box} style={style}>
          <Layer image={after} side="LEFT" />
        </div>
      </div>
    );
  }
  if (mode === 'DIFFERENCE') {
    return (
      <div class={`${styles.box} ${styles.difference}`} style={style}>
        <img src={before.url} alt={before.label} />
        <img src={after.url} alt={`${after.label}, as the difference from ${before.label}`} />
        <span class={styles.label} data-side="LEFT">
          {before.label} − {after.label}, four times brighter
        </span>
      </div>
    );
  }
  return (
    <div class={styles.box} style={style}>
      <Layer image={before} side="LEFT" />
      <div class={styles.over} style={{ clipPath: `inset(0 0 0 ${share.value}%)` }}>
        <Layer image={after} side="RIGHT" />
      </div>
      <span class={styles.line} style={{ left: `${share.value}%` }} />
      <input
        class={styles.slider}
        type="range"
        min={0}
        max={100}
        step={0.5}
        value={share.value}
        aria-label={`Divides ${before.label} from ${after.label}`}
        onInput={({ currentTarget }) => {
          share.value = currentTarget.valueAsNumber;
        }}
      />
    </div>
  );
}

function Layer({ image, side }: { image: ShownImage; side: 'LEFT' | 'RIGHT' }) {
  const isLoaded = useSignal(false);
  const isPlaceholder = image.placeholder !== undefined && !isLoaded.value;
  return (
    <>
      {isPlaceholder && <img class={styles.placeholder} src={image.placeholder} alt="" />}
      <img
        src={image.url}
        alt={image.label}
        onLoad={() => {
          isLoaded.value = true;
        }}
      />
      <span class={styles.label} data-side={side}>
        {image.label}
      </span>
    </>
  );
}
