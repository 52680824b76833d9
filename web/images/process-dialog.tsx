import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { CreateBatchJobDocument, type ImageFormat } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { ask } from '../session/session.js';
import { Problem } from '../ui/card.js';
import { countOf } from '../ui/format.js';
import { fieldOf, useAction } from '../ui/use-action.js';
import { operationsOf } from './pipeline-form.model.js';
import styles from './process-dialog.module.css';

const FORMATS: readonly ImageFormat[] = ['JPEG', 'PNG', 'WEBP', 'AVIF', 'GIF', 'TIFF', 'BMP'];

interface ProcessDialogProps {
  imageIds: readonly string[];
  onClose(): void;
}

/** Asks for operations and starts a batch job on the selected images. */
export function ProcessDialog({ imageIds, onClose }: ProcessDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { route } = useLocation();
  const { busy, problem, run } = useAction();
  useEffect(() => dialog.current?.showModal(), []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const operations = operationsOf({
      width: fieldOf(event, 'width'),
      height: fieldOf(event, 'height'),
      grayscale: fieldOf(event, 'grayscale') === 'on',
      watermark: fieldOf(event, 'watermark'),
      format: fieldOf(event, 'format') as ImageFormat | '',
    });
    void run(async () => {
      const { createBatchJob } = await ask(CreateBatchJobDocument, {
        input: { imageIds: [...imageIds], operations, engine: 'SHARP', pool: 'THREADS' },
      });
      route(`${BASE_PATH}/jobs/${createBatchJob.id}`);
    });
  };

  return (
    <dialog ref={dialog} class={styles.dialog} onClose={onClose} aria-labelledby="process-title">
      <form class={styles.form} onSubmit={submit}>
        <h2 id="process-title">Process {countOf(imageIds.length, 'image')}</h2>
        <fieldset>
          <legend>Resize, in pixels</legend>
          <label>
            Width
            <input name="width" type="number" min={1} max={16_384} />
          </label>
          <label>
            Height
            <input name="height" type="number" min={1} max={16_384} />
          </label>
        </fieldset>
        <label class={styles.check}>
          <input name="grayscale" type="checkbox" /> Grayscale
        </label>
        <label>
          Watermark text
          <input name="watermark" maxLength={100} />
        </label>
        <label>
          Format
          <select name="format">
            <option value="">As the source</option>
            {FORMATS.map((format) => (
              <option key={format}>{format}</option>
            ))}
          </select>
        </label>
        <Problem text={problem.value} />
        <div class={styles.actions}>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={busy.value}>
            Start job
          </button>
        </div>
      </form>
    </dialog>
  );
}
