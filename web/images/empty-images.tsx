import { Problem } from '../ui/card.js';
import { useAction } from '../ui/use-action.js';
import styles from './empty-images.module.css';
import { addFiles } from './uploads/uploads.js';

/** What a user without images can do: drop files, or start with generated ones. */
export function EmptyImages({ onUpload }: { onUpload(): void }) {
  const { busy, problem, again, run } = useAction();
  const addSamples = () =>
    run(async () => {
      const { samplePhotos } = await import('./uploads/sample-photos.js');
      for await (const file of samplePhotos()) addFiles([file]);
    });
  return (
    <section class={styles.empty} aria-labelledby="empty-title">
      <h2 id="empty-title">Drop photos here to start</h2>
      <ol>
        <li>Add photos: drop files, or start with eight generated ones.</li>
        <li>Open one, and see each operation at once, on two engines.</li>
        <li>Apply the same operations to all of them as one job.</li>
      </ol>
      <div class={styles.actions}>
        <button type="button" class="primary" onClick={onUpload}>
          Choose files
        </button>
        <button type="button" disabled={busy.value} onClick={() => void addSamples()}>
          {busy.value ? 'Drawing photos …' : 'Add sample photos'}
        </button>
      </div>
      <Problem text={problem.value} again={again.value} />
    </section>
  );
}
