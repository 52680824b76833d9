import type { ImageTileFragment } from '../api/generated/graphql.js';
import { formatBytes } from '../ui/format.js';
import styles from './image-tile.module.css';

interface ImageTileProps {
  image: ImageTileFragment;
  selected: boolean;
  /** `extend`: the selection extends to this tile (Shift). */
  onChoose(extend: boolean): void;
}

/** An image of the grid. A click or the space bar selects it. */
export function ImageTile({ image, selected, onChoose }: ImageTileProps) {
  const size = `${image.width} × ${image.height}`;
  return (
    <li>
      <button
        type="button"
        class={styles.button}
        aria-pressed={selected}
        aria-label={`${image.filename}, ${size}, ${image.format}, ${formatBytes(image.byteSize)}`}
        onClick={({ shiftKey }) => onChoose(shiftKey)}
      >
        <img src={image.url} alt="" loading="lazy" decoding="async" />
        <span class={styles.caption}>
          <span class={styles.name}>{image.filename}</span>
          <span>{size}</span>
        </span>
      </button>
    </li>
  );
}
