import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { countOf } from '../ui/format.js';
import { Page } from '../ui/page.js';
import { visibleImages } from './image-list.model.js';
import { ImageTile } from './image-tile.js';
import { imageList, loadPage } from './images.js';
import styles from './images-page.module.css';
import { ProcessDialog } from './process-dialog.js';
import {
  extendTo,
  keepOnly,
  NOTHING_SELECTED,
  type Selection,
  selectAll,
  toggle,
} from './selection.model.js';
import { SelectionBar } from './selection-bar.js';
import { UploadTray } from './upload-tray.js';
import { addFiles } from './uploads.js';
import { useDropTarget } from './use-drop-target.js';
import { useReachedEnd } from './use-reached-end.js';

/** Grid of the user's images: upload by drop or button, selection by pointer and keyboard. */
export function ImagesPage() {
  const selection = useSignal<Selection>(NOTHING_SELECTED);
  const processing = useSignal(false);
  const picker = useRef<HTMLInputElement>(null);
  const isDragging = useDropTarget(addFiles);
  const end = useReachedEnd(loadPage);
  const images = visibleImages(imageList.value);
  const order = images.map(({ id }) => id);
  const chosen = keepOnly(selection.value, order);

  useEffect(() => void loadPage(), []);

  const choose = (id: string, extend: boolean) => {
    selection.value = extend ? extendTo(chosen, id, order) : toggle(chosen, id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') selection.value = NOTHING_SELECTED;
    if (event.key !== 'a' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    selection.value = selectAll(order);
  };

  return (
    <Page
      title="Images"
      subtitle={imageList.value.loaded && `${countOf(images.length, 'image')} shown, newest first`}
      actions={
        <button type="button" class="primary" onClick={() => picker.current?.click()}>
          Upload
        </button>
      }
    >
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept="image/*"
        aria-label="Files to upload"
        onChange={({ currentTarget }) => {
          addFiles(currentTarget.files ?? []);
          currentTarget.value = '';
        }}
      />
      <p class={styles.drop} data-active={isDragging.value}>
        <strong>Drop files anywhere.</strong> JPEG, PNG, WebP, AVIF, GIF, TIFF or BMP.
      </p>
      <UploadTray />
      <ul class={styles.grid} onKeyDown={onKeyDown} aria-label="Images">
        {images.map((image) => (
          <ImageTile
            key={image.id}
            image={image}
            selected={chosen.ids.has(image.id)}
            onChoose={(extend) => choose(image.id, extend)}
          />
        ))}
      </ul>
      {imageList.value.loaded && images.length === 0 && (
        <p class={styles.empty}>You have no images yet. Drop some photos on this page.</p>
      )}
      <div ref={end} />
      {processing.value && (
        <ProcessDialog
          imageIds={[...chosen.ids]}
          onClose={() => {
            processing.value = false;
          }}
        />
      )}
      <SelectionBar
        images={images.filter(({ id }) => chosen.ids.has(id))}
        onClear={() => {
          selection.value = NOTHING_SELECTED;
        }}
        onProcess={() => {
          processing.value = true;
        }}
      />
    </Page>
  );
}
