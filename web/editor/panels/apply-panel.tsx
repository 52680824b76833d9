import { useLocation } from 'preact-iso/router';
import { CreateBatchJobDocument, type ImageEngine, ImageIdsDocument } from '../../api/generated/graphql.js';
import { BASE_PATH } from '../../app/base-path.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { chosenImages } from '../../session/chosen-images.js';
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

/** Images of one page of the list. */
const PAGE_SIZE = 100;

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
      const { createBatchJob } = await ask(CreateBatchJobDocument, { input });
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
        onClick={() => void start(() => newestIds(maxImages))}
      >
        Apply to all images
      </button>
      <Problem text={problem.value} again={again.value} />
    </section>
  );
}

/** The newest images of the account, up to a number. */
async function newestIds(max: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ids.length < max; ) {
    const variables: { first: number; after: string | null } = {
      first: Math.min(PAGE_SIZE, max - ids.length),
      after,
    };
    const { images } = await ask(ImageIdsDocument, variables);
    ids.push(...images.edges.map(({ node }) => node.id));
    if (!images.pageInfo.hasNextPage) break;
    after = images.pageInfo.endCursor;
  }
  return ids;
}

/** 128 random bits. Browsers have `crypto.randomUUID` over https and on localhost alone. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
