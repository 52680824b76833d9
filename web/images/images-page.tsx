import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { BASE_PATH } from '../app/base-path.js';
import { RecipesButton } from '../recipes/recipes-button.js';
import { chosenImages } from '../session/chosen-images.js';
import { Problem } from '../ui/card.js';
import { Page } from '../ui/page.js';
import { EmptyImages } from './empty-images.js';
import { moveGridFocus } from './grid/grid-focus.js';
import { ImageTile } from './grid/image-tile.js';
import { extendTo, NOTHING_SELECTED, type Selection, selectAll, toggle } from './grid/selection.model.js';
import { SelectionBar } from './grid/selection-bar.js';
import { useReachedEnd } from './grid/use-reached-end.js';
import { visibleImages } from './image-list.model.js';
import { canLoadAgain, imageList, listProblem, loadNewest, loadPage } from './images.js';
import styles from './images-page.module.css';
import { PendingTiles } from './uploads/pending-tiles.js';
import { UploadTray } from './uploads/upload-tray.js';
import { addFiles, uploadQueue } from './uploads/uploads.js';
import { useDropTarget } from './uploads/use-drop-target.js';
import { UsageBar } from './usage-bar.js';

/** Enough for the first rows of most screens. */
const PLACEHOLDERS = 18;

/** Grid of the user's images: upload by drop or button, selection by pointer and keyboard. */
export default function ImagesPage() {
  const anchor = useSignal<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const isDragging = useDropTarget(addFiles);
  const { route } = useLocation();
  const images = visibleImages(imageList.value);
  const end = useReachedEnd(loadPage, images.length);
  const order = images.map(({ id }) => id);
  // Selected images of a later page of the list stay selected, although they are not shown yet.
  const chosen = { ids: chosenImages.value, anchor: anchor.value };
  const selected = images.filter(({ id }) => chosen.ids.has(id));
  const { loaded, nextCursor } = imageList.value;
  const isEmpty = loaded && images.length === 0 && uploadQueue.value.entries.length === 0;

  useEffect(() => void loadNewest(), []);

  const select = (selection: Selection) => {
    chosenImages.value = selection.ids;
    anchor.value = selection.anchor;
  };
  const upload = () => picker.current?.click();
  const onKeyDown = (event: KeyboardEvent) => {
    if (moveGridFocus(event.currentTarget as HTMLElement, event.key)) event.preventDefault();
    if (event.key === 'Escape') select(NOTHING_SELECTED);
    if (event.key !== 'a' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    select(selectAll(order));
  };

  return (
    <Page
      title="Images"
      wide
      subtitle={<UsageBar />}
      actions={
        <>
          <RecipesButton />
          <button type="button" class="primary" onClick={upload}>
            Upload
          </button>
        </>
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
      {isEmpty ? (
        <EmptyImages onUpload={upload} />
      ) : (
        <p class={styles.drop}>
          <span>
            <strong>Drop files anywhere.</strong> JPEG, PNG, WebP, AVIF, GIF, TIFF or BMP.
          </span>
          {images.length > 1 && (
            <button type="button" class="link" onClick={() => select(selectAll(order))}>
              {nextCursor === null ? 'Select all' : `Select the first ${images.length}`}
            </button>
          )}
        </p>
      )}
      {isDragging.value && <div class={styles.dropping}>Drop to upload</div>}
      <UploadTray />
      <ul class={styles.grid} onKeyDown={onKeyDown} aria-label="Images" data-selecting={selected.length > 0}>
        <PendingTiles />
        {images.map((image) => (
          <ImageTile
            key={image.id}
            image={image}
            selected={chosen.ids.has(image.id)}
            onChoose={(extend) =>
              select(extend ? extendTo(chosen, image.id, order) : toggle(chosen, image.id))
            }
          />
        ))}
        {!loaded && !listProblem.value && <Placeholders />}
      </ul>
      <Problem text={listProblem.value} again={canLoadAgain.value ? () => void loadPage() : undefined} />
      <div ref={end} />
      <SelectionBar
        images={selected}
        onClear={() => select(NOTHING_SELECTED)}
        onProcess={() => route(`${BASE_PATH}/images/${selected[0]?.id}`)}
      />
    </Page>
  );
}

/** Tiles until the first page arrives, so that nothing jumps. */
function Placeholders() {
  return Array.from({ length: PLACEHOLDERS }, (_, index) => (
    <li key={index} class={styles.placeholder} aria-hidden="true" />
  ));
}
