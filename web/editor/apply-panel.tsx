import { useLocation } from 'preact-iso/router';
import { CreateBatchJobDocument, type ImageEngine, ImageIdsDocument } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { chosenImages } from '../session/chosen-images.js';
import { ask } from '../session/session.js';
import { Problem } from '../ui/card.js';
import { countOf } from '../ui/format.js';
import { useAction } from '../ui/use-action.js';
import { createJobRecipe } from './editor-recipes.model.js';
import styles from './panel.module.css';
import { type Step, toInputs } from './pipeline.model.js';

interface ApplyPanelProps {
  engine: ImageEngine;
  steps: readonly Step[];
}

/** Images that one job takes at most, and of one page of the list. */
const MAX_IMAGES = 1_000;
const PAGE_SIZE = 100;

/** Runs the pipeline as one job, over the selected images or over all. */
export function ApplyPanel({ engine, steps }: ApplyPanelProps) {
  const { route } = useLocation();
  const { busy, problem, run } = useAction();
  const selected = [...chosenImages.value];
  const start = (idsOf: () => Promise<string[]>) =>
    run(async () => {
      const imageIds = await idsOf();
      const input = {
        imageIds,
        operations: toInputs(steps),
        engine,
        pool: 'THREADS' as const,
        idempotencyKey: crypto.randomUUID(),
      };
      const { createBatchJob } = await ask(CreateBatchJobDocument, { input });
      recordRecipe(createJobRecipe(imageIds, { engine, steps }));
      chosenImages.value = new Set();
      route(`${BASE_PATH}/jobs/${createBatchJob.id}`);
    });
  const isDisabled = busy.value || steps.length === 0;
  return (
    <section class={styles.section} aria-labelledby="apply-title">
      <h2 id="apply-title">Apply to more images</h2>
      <p class={styles.quiet}>
        The same pipeline as one job. Each result is a new image; the originals stay.
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
      <button type="button" class={styles.wide} disabled={isDisabled} onClick={() => void start(newestIds)}>
        Apply to all images
      </button>
      <Problem text={problem.value} />
    </section>
  );
}

/** The newest images of the account, up to what one job takes. */
async function newestIds(): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ids.length < MAX_IMAGES; ) {
    const variables: { first: number; after: string | null } = { first: PAGE_SIZE, after };
    const { images } = await ask(ImageIdsDocument, variables);
    ids.push(...images.edges.map(({ node }) => node.id));
    if (!images.pageInfo.hasNextPage) break;
    after = images.pageInfo.endCursor;
  }
  return ids;
}
