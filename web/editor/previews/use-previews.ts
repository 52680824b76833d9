import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { errorText } from '../../api/error-text.js';
import type { ImageEngine } from '../../api/generated/graphql.js';
import { type Step, toInputs } from '../pipeline/pipeline.model.js';
import { fetchPreview, releasePreview } from './fetch-preview.js';
import {
  NO_PREVIEW,
  type Preview,
  type PreviewEvent,
  type PreviewResult,
  reducePreview,
} from './preview.model.js';

export const ENGINES: readonly ImageEngine[] = ['SHARP', 'JIMP'];
export type Previews = Readonly<Record<ImageEngine, Preview>>;

/** Pause after a change, so that a slider that moves asks for a few images and not for hundreds. */
const PAUSE_MS = 120;
/** A replaced image stays loaded until the page shows the new one. */
const RELEASE_MS = 2_000;

/**
 * Previews of a pipeline; each change replaces the requests before it.
 *
 * @param unable engines that cannot compute the pipeline: they are not asked
 * @param version anything else that changes the results, such as the focal point
 */
export function usePreviews(
  imageId: string,
  steps: readonly Step[],
  unable: readonly ImageEngine[],
  version: unknown,
): Signal<Previews> {
  const previews = useSignal<Previews>({ SHARP: NO_PREVIEW, JIMP: NO_PREVIEW });
  const round = useRef(0);
  const change = (engine: ImageEngine, event: PreviewEvent) => {
    const before = previews.value[engine];
    const after = reducePreview(before, event);
    previews.value = { ...previews.value, [engine]: after };
    if (before.result && before.result !== after.result) releaseLater(before.result);
  };

  useEffect(() => {
    const replaced = new AbortController();
    const current = ++round.current;
    const able = steps.length === 0 ? [] : ENGINES.filter((engine) => !unable.includes(engine));
    for (const engine of ENGINES)
      change(engine, { type: able.includes(engine) ? 'REQUESTED' : 'CLEARED', round: current });
    const timer = setTimeout(() => {
      for (const engine of able) {
        const request = { imageId, engine, operations: toInputs(steps) };
        fetchPreview(request, replaced.signal).then(
          (result) => change(engine, { type: 'ARRIVED', round: current, result }),
          (error) => {
            if (replaced.signal.aborted) return;
            change(engine, { type: 'FAILED', round: current, problem: errorText(error) });
          },
        );
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      replaced.abort();
    };
  }, [imageId, steps, version]);

  useEffect(
    () => () => {
      for (const { result } of Object.values(previews.peek())) if (result) releaseLater(result);
    },
    [],
  );
  return previews;
}

function releaseLater(result: PreviewResult): void {
  setTimeout(() => releasePreview(result), RELEASE_MS);
}
