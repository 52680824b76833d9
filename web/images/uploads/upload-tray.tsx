import { countOf } from '../../ui/format.js';
import { type UploadEntry, uploadTotals } from './upload-queue.model.js';
import styles from './upload-tray.module.css';
import { dismissRefused, dismissUpload, retryUpload, uploadQueue } from './uploads.js';

/** Progress of all uploads together, and the reason for each refusal. */
export function UploadTray() {
  const { entries } = uploadQueue.value;
  if (entries.length === 0) return null;
  const { ended, refused, total, share } = uploadTotals(uploadQueue.value);
  return (
    <section class={styles.tray} aria-label="Uploads">
      {ended < total && (
        <label class={styles.total}>
          {ended} of {countOf(total, 'file')} uploaded
          <progress max={1} value={share} />
        </label>
      )}
      {refused > 1 && (
        <div class={styles.total}>
          {countOf(refused, 'file')} refused
          <button type="button" onClick={dismissRefused}>
            Dismiss all
          </button>
        </div>
      )}
      <ul>
        {entries.map((entry) => entry.status === 'REFUSED' && <RefusedRow key={entry.id} entry={entry} />)}
      </ul>
    </section>
  );
}

function RefusedRow({ entry: { id, name, reason, canRetry } }: { entry: UploadEntry }) {
  return (
    <li class={styles.row}>
      <span class={styles.name}>{name}</span>
      {canRetry && (
        <button type="button" onClick={() => retryUpload(id)}>
          Retry
        </button>
      )}
      <button type="button" onClick={() => dismissUpload(id)}>
        Dismiss
      </button>
      <span class={styles.reason} role="alert">
        {reason}
      </span>
    </li>
  );
}
