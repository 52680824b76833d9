import styles from './pending-tiles.module.css';
import { uploadQueue } from './uploads.js';

/** The rest waits in the total of the upload tray. */
const MAX_TILES = 12;

/** Tiles of the files that are being uploaded, before their images; the upload tray says the same in words. */
export function PendingTiles() {
  const pending = uploadQueue.value.entries.filter(
    ({ status }) => status === 'QUEUED' || status === 'UPLOADING',
  );
  return pending.slice(0, MAX_TILES).map(({ id, name, share }) => (
    <li key={`upload-${id}`} class={styles.tile} aria-hidden="true">
      <span class={styles.name}>{name}</span>
      <progress max={1} value={share} />
    </li>
  ));
}
