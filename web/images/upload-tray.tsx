import { formatBytes } from '../ui/format.js';
import { type UploadEntry, uploadTotals } from './upload-queue.model.js';
import styles from './upload-tray.module.css';
import { dismissUpload, retryUpload, uploadQueue } from './uploads.js';

/** Progress of the uploads, and the reason for each refusal. */
export function UploadTray() {
  const { entries } = uploadQueue.value;
  if (entries.length === 0) return null;
  const { refused, total, share } = uploadTotals(uploadQueue.value);
  const waiting = total - refused;
  return (
    <section class={styles.tray} aria-label="Uploads">
      {waiting > 0 && (
        <label class={styles.total}>
          {waiting} to upload
          <progress max={1} value={share} />
        </label>
      )}
      <ul>
        {entries.map((entry) => (
          <UploadRow key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function UploadRow({ entry: { id, name, byteSize, status, share, reason } }: { entry: UploadEntry }) {
  return (
    <li class={styles.row} data-status={status}>
      <span class={styles.name}>{name}</span>
      {status === 'REFUSED' ? (
        <>
          <span class={styles.reason} role="alert">
            {reason}
          </span>
          <button type="button" onClick={() => retryUpload(id)}>
            Try again
          </button>
          <button type="button" onClick={() => dismissUpload(id)}>
            Dismiss
          </button>
        </>
      ) : (
        <>
          <progress max={1} value={share} aria-label={`Upload of ${name}`} />
          <span>{formatBytes(byteSize)}</span>
        </>
      )}
    </li>
  );
}
