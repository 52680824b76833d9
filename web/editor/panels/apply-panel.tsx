import { useLocation } from 'preact-iso/router';
import { CreateBatchJobDocument, type ImageEngine } from '../../api/generated/graphql.js';
import { BASE_PATH } from '../../app/base-path.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { chosenImages, withChosenImages } from '../../session/chosen-images.js';
import { newestImageIds } from '../../session/image-ids.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { countOf } from '../../ui/format.js';
import { useAction } from '../../ui/use-action.js';
import { createJobRecipe } from '../editor-recipes.model.js';
import { type Step, toInputs } from '../pipeline/pipeline.model.js';
import styles from './panel.module.css';

interface ApplyPanelProps {
  engine: ImageEngine;
  steps: readonly Step[];
  /** Whether there are steps, and the engine can compute them. */
  canCompute: boolean;
  /** Images that one job takes at most. */
  maxImages: number;
}

/** Runs the pipeline as one job, over the selected images or over all. */
export function ApplyPanel({ engine, steps, canCompute, maxImages }: ApplyPanelProps) {
  const { route } = useLocation();
  const { busy, problem, again, run } = useAction();
  const selected = [...chosenImages.value];
  const start = (idsOf: () => Promise<string[]>) =>
    run(async () => {
      const imageIds = await idsOf();
      const input = {
        imageIds,
        operations: toInputs(steps),
        engine,
        pool: 'THREADS' as const,
        idempotencyKey: randomKey(),
      };
      const { createBatchJob } = await withChosenImages(() => ask(CreateBatchJobDocument, { input }));
      recordRecipe(createJobRecipe(imageIds, { engine, steps }));
      chosenImages.value = new Set();
      route(`${BASE_PATH}/jobs/${createBatchJob.id}`);
    });
  const isDisabled = busy.value || !canCompute;
  return (
    <section class={styles.section} aria-labelledby="apply-title">
      <h2 id="apply-title">Apply to more images</h2>
      <p class={styles.quiet}>
        {selected.length > 0 && steps.length === 0
          ? `Build the pipeline on this image, then apply it to the ${countOf(selected.length, 'selected image')}.`
          : 'The same pipeline as one job. Each result is a new image; the originals stay.'}
      </p>
      {selected.length > 0 && (
        <button
          type="button"
          class={`primary ${styles.wide}`}
          disabled={isDisabled}
          onClick={() => void start(async () => selected)}
        >
          Apply to {countOf(selected.length, 'selected image')}
        </button>
      )}
      <button
        type="button"
        class={styles.wide}
        disabled={isDisabled}
        onClick={() => void start(() => newestImageIds(maxImages))}
      >
        Apply to all images
      </button>
      <Problem text={problem.value} again={again.value} />
    </section>
  );
}

/** 128 random bits. Browsers have `crypto.randomUUID` over https and on localhost alone. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
