import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ImageTileFragment } from '../../api/generated/graphql.js';
import { BASE_PATH } from '../../app/base-path.js';
import { formatBytes } from '../../ui/format.js';
import { placeholderOf } from '../../ui/thumb-hash.js';
import { refreshImage } from '../images.js';
import styles from './image-tile.module.css';

interface ImageTileProps {
  image: ImageTileFragment;
  selected: boolean;
  /** `extend`: the selection extends to this tile (Shift). */
  onChoose(extend: boolean): void;
}

/** An image of the grid: a link to its editor, with a check box that selects it. */
export function ImageTile({ image, selected, onChoose }: ImageTileProps) {
  const isRefreshed = useRef(false);
  const isLoaded = useSignal(false);
  const withShift = useRef(false);
  const size = `${image.width} × ${image.height}`;
  const placeholder = placeholderOf(image.thumbHash);
  // A transparent image must not show its placeholder.
  const onLoad = () => {
    isLoaded.value = true;
  };
  // A link that has expired is replaced once.
  const onError = () => {
    if (isRefreshed.current) return;
    isRefreshed.current = true;
    void refreshImage(image.id);
  };
  return (
    <li class={styles.tile} data-selected={selected}>
      <a
        href={`${BASE_PATH}/images/${image.id}`}
        class={styles.link}
        title={`${image.filename}, ${image.format}, ${formatBytes(image.byteSize)}`}
        style={{ backgroundImage: placeholder && !isLoaded.value ? `url(${placeholder})` : 'none' }}
        onClick={(event) => {
          if (!event.shiftKey) return;
          event.preventDefault();
          onChoose(true);
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ') return;
          event.preventDefault();
          onChoose(event.shiftKey);
        }}
      >
        <img
          src={image.thumbnailUrl}
          alt=""
          loading="lazy"
          decoding="async"
          onLoad={onLoad}
          onError={onError}
        />
        <span class={styles.caption}>
          <span class={styles.name}>{image.filename}</span> <span class={styles.size}>{size}</span>
        </span>
      </a>
      <label class={styles.check}>
        <input
          type="checkbox"
          checked={selected}
          aria-label={`Select ${image.filename}`}
          onClick={({ shiftKey }) => {
            withShift.current = shiftKey;
          }}
          onChange={({ currentTarget }) => {
            // Extending never deselects the tile.
            if (withShift.current) currentTarget.checked = true;
            onChoose(withShift.current);
          }}
        />
      </label>
    </li>
  );
}
