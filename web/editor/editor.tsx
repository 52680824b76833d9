import { useSignal } from '@preact/signals';
import type { Size } from '../../src/imaging/geometry.js';
import {
  type EditedImageQuery,
  type ImageFormat,
  SaveImageDocument,
  SetFocalPointDocument,
} from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { ask } from '../session/session.js';
import { Problem } from '../ui/card.js';
import { formatBytes } from '../ui/format.js';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notices.js';
import { placeholderOf } from '../ui/thumb-hash.js';
import { useAction } from '../ui/use-action.js';
import { useTitle } from '../ui/use-title.js';
import type { ShownImage } from './comparison/comparison.js';
import type { FocalPoint } from './comparison/focal-point-picker.js';
import { Stage } from './comparison/stage.js';
import styles from './editor.module.css';
import { focalPointRecipe, resultRecipe, saveRecipe } from './editor-recipes.model.js';
import { ApplyPanel } from './panels/apply-panel.js';
import { DownloadLink } from './panels/download-link.js';
import { FactsPanel } from './panels/facts-panel.js';
import { FocalPointPanel } from './panels/focal-point-panel.js';
import panel from './panels/panel.module.css';
import { PresetsPanel } from './panels/presets-panel.js';
import { RecipePanel } from './panels/recipe-panel.js';
import { type Step, toInputs } from './pipeline/pipeline.model.js';
import { type EngineAbilities, inability, placeAfter, startingEngine } from './pipeline/place.model.js';
import { usePipeline } from './pipeline/use-pipeline.js';
import { EngineCards, type Inabilities } from './previews/engine-cards.js';
import { ENGINES, type Previews, usePreviews } from './previews/use-previews.js';
import { StepList } from './steps/step-list.js';

interface EditorProps {
  image: EditedImageQuery['image'];
  server: EditedImageQuery['serverInfo'];
}

/** Builds a pipeline over one image and shows its result at once, by both engines; stores it when it is saved. */
export function Editor({ image, server: { engines, limits } }: EditorProps) {
  useTitle(image.filename);
  const { pipeline, change } = usePipeline();
  const { steps } = pipeline.value;
  const engine = useSignal(startingEngine(engines, image.format));
  const focalPoint = useSignal<FocalPoint | null>(image.focalPoint);
  /** Changes once a focal point is stored: previews are computed with the stored one. */
  const storedPoint = useSignal<FocalPoint | null>(image.focalPoint);
  const picking = useSignal(false);
  const inabilities = inabilitiesOf(engines, image.format, steps);
  const unable = ENGINES.filter((each) => inabilities[each] !== '');
  const previews = usePreviews(image.id, steps, unable, storedPoint.value);
  const { busy, problem, again, run } = useAction();
  const preview = previews.value[engine.value];
  const canCompute = steps.length > 0 && inabilities[engine.value] === '';
  const edited = { engine: engine.value, steps };

  const save = () =>
    run(async () => {
      const input = { imageId: image.id, engine: engine.value, operations: toInputs(steps) };
      const { processImage } = await ask(SaveImageDocument, { input });
      recordRecipe(saveRecipe(image.id, edited));
      notify(`Saved as a new image, ${processImage.filename}.`, {
        link: { label: 'Open', href: `${BASE_PATH}/images/${processImage.id}` },
      });
    });
  const setFocalPoint = async (point: FocalPoint | null) => {
    focalPoint.value = point;
    await run(async () => {
      await ask(SetFocalPointDocument, { imageId: image.id, x: point?.x ?? null, y: point?.y ?? null });
      storedPoint.value = point;
      recordRecipe(focalPointRecipe(image.id, point));
    });
  };
  const { width, height } = image;
  const placeholder = placeholderOf(image.thumbHash);
  const before: ShownImage = { url: image.originalPreview, label: 'Original', placeholder, width, height };
  const after: ShownImage | undefined = preview.result && { ...preview.result, label: engine.value };

  return (
    <main class={styles.editor}>
      <header class={styles.header}>
        <a class={styles.back} href={`${BASE_PATH}/images`}>
          <Icon name="BACK" /> Images
        </a>
        <div class={styles.title}>
          <h1>{image.filename}</h1>
          <span class={styles.quiet}>
            {image.width} × {image.height} · {image.format} · {formatBytes(image.byteSize)}
          </span>
        </div>
        <DownloadLink
          original={image}
          preview={steps.length > 0 ? preview : undefined}
          onResult={() => recordRecipe(resultRecipe(image.id, edited))}
        />
        <button
          type="button"
          class="primary"
          disabled={busy.value || !canCompute}
          onClick={() => void save()}
        >
          Save as new image
        </button>
      </header>
      <div class={styles.main}>
        <Stage
          before={before}
          after={after}
          busy={preview.status === 'LOADING'}
          picking={picking}
          focalPoint={focalPoint.value}
          onFocalPoint={(point) => void setFocalPoint(point)}
        />
        <EngineCards
          previews={previews.value}
          inabilities={inabilities}
          engine={engine.value}
          onChoose={(choice) => {
            engine.value = choice;
          }}
        />
      </div>
      <aside class={styles.panel} aria-label="Pipeline">
        <Problem text={problem.value} again={again.value} />
        <section class={panel.section} aria-labelledby="pipeline-title">
          <div class={panel.head}>
            <h2 id="pipeline-title">Pipeline</h2>
            {steps.length > 0 && (
              <button type="button" onClick={() => change({ type: 'REPLACED', operations: [] })}>
                Clear
              </button>
            )}
          </div>
          <StepList
            pipeline={pipeline.value}
            size={image}
            place={placeAfter(image, steps, engines, limits, resultsOf(previews.value))}
            maxSteps={limits.maxOperations}
            change={change}
          />
        </section>
        <ApplyPanel
          engine={engine.value}
          steps={steps}
          canCompute={canCompute}
          maxImages={limits.maxBatchImages}
        />
        <PresetsPanel
          engine={engine.value}
          steps={steps}
          onLoad={(preset) => {
            change({ type: 'REPLACED', operations: preset.operations });
            engine.value = preset.engine;
          }}
        />
        <FocalPointPanel
          isSet={focalPoint.value !== null}
          picking={picking}
          onRemove={() => void setFocalPoint(null)}
        />
        <RecipePanel imageId={image.id} pipeline={edited} />
        <FactsPanel image={image} />
      </aside>
    </main>
  );
}

function inabilitiesOf(
  engines: readonly EngineAbilities[],
  source: ImageFormat,
  steps: readonly Step[],
): Inabilities {
  const entries = engines.map((engine) => [engine.engine, inability(engine, source, steps)] as const);
  return { SHARP: '', JIMP: '', ...Object.fromEntries(entries) };
}

/** Sizes of the results of this pipeline, as far as they are computed. */
function resultsOf(previews: Previews): Size[] {
  return Object.values(previews).flatMap(({ status, result }) =>
    status === 'READY' && result ? [result] : [],
  );
}
