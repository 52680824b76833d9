import type { ImageTileFragment } from '../../api/generated/graphql.js';
import { countOf, formatBytes } from '../../ui/format.js';
import { deleteImages } from '../deletions.js';
import styles from './selection-bar.module.css';

interface SelectionBarProps {
  /** Selected images; the bar is hidden when there are none. */
  images: readonly ImageTileFragment[];
  onClear(): void;
  onProcess(): void;
}

/** Actions on the selected images. */
export function SelectionBar({ images, onClear, onProcess }: SelectionBarProps) {
  if (images.length === 0) return null;
  const bytes = images.reduce((sum, { byteSize }) => sum + byteSize, 0);
  const remove = () => {
    deleteImages(images.map(({ id }) => id));
    onClear();
  };
  return (
    <section class={styles.bar} aria-label="Selection">
      <span>
        <strong>{images.length} selected</strong> · {formatBytes(bytes)}
      </span>
      <button type="button" onClick={onClear}>
        Clear
      </button>
      <button type="button" class="danger" onClick={remove}>
        Delete
      </button>
      <button type="button" class="primary" onClick={onProcess}>
        Process {countOf(images.length, 'image')}
      </button>
    </section>
  );
}
