import type { Signal } from '@preact/signals';
import { CONCURRENCY_MODELS, MODELS } from '../../../src/execution/model.js';
import { chosenImages } from '../../session/chosen-images.js';
import type { ImageEngine, LabFactsQuery } from '../generated/graphql.js';
import { MoreOptions } from './more-options.js';
import { type PlanDraft, WORKLOAD_OF } from './plan.model.js';
import styles from './plan-form.module.css';
import { draftOf, PLAN_PRESETS, type PlanPreset, presetOf } from './plan-presets.model.js';
import { PlanPreview } from './plan-preview.js';
import { usePlanDraft } from './use-plan-draft.js';
import { WorkChoice } from './work-choice.js';

export type Change = (part: Partial<PlanDraft>) => void;

/** Composes a run; what it costs is shown beside it. */
export function PlanForm({ facts }: { facts: LabFactsQuery['serverInfo'] }) {
  const { availableParallelism: processors } = facts;
  const draft = usePlanDraft(processors);
  const change: Change = (part) => {
    draft.value = { ...draft.value, ...part };
  };
  return (
    <section class={styles.plan} aria-labelledby="plan">
      <div class={styles.head}>
        <h2 id="plan">New run</h2>
        <PresetChoice
          chosen={presetOf(draft.value, processors)}
          onChoose={(choice) => {
            draft.value = draftOf(choice, processors);
          }}
        />
      </div>
      <div class={styles.columns}>
        <form class={styles.form} onSubmit={(event) => event.preventDefault()}>
          <WorkChoice draft={draft.value} change={change} tasks={facts.tasks} />
          <CellChoice draft={draft} change={change} engines={facts.engines.map(({ engine }) => engine)} />
          <MoreOptions draft={draft.value} change={change} />
        </form>
        <PlanPreview draft={draft.value} imageIds={[...chosenImages.value]} processors={processors} />
      </div>
    </section>
  );
}

interface PresetChoiceProps {
  /** Undefined for settings that are not those of a preset. */
  chosen: PlanPreset | undefined;
  onChoose(choice: PlanPreset): void;
}

function PresetChoice({ chosen, onChoose }: PresetChoiceProps) {
  return (
    <fieldset class={styles.presets} aria-label="Presets">
      {(Object.keys(PLAN_PRESETS) as PlanPreset[]).map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === chosen}
          title={PLAN_PRESETS[name].question}
          onClick={() => onChoose(name)}
        >
          {PLAN_PRESETS[name].label}
        </button>
      ))}
      <p class={styles.question}>
        {chosen ? PLAN_PRESETS[chosen].question : 'Settings of your own, or of a link.'}
      </p>
    </fieldset>
  );
}

interface CellChoiceProps {
  draft: Signal<PlanDraft>;
  change: Change;
  engines: readonly ImageEngine[];
}

/** The lists whose product are the cells. */
function CellChoice({ draft: { value: draft }, change, engines }: CellChoiceProps) {
  const usesImages = WORKLOAD_OF[draft.work] === 'IMAGE';
  return (
    <>
      <fieldset class={styles.models}>
        <legend>Models</legend>
        {CONCURRENCY_MODELS.map((model) => (
          <Check
            key={model}
            label={model}
            hint={MODELS[model].summary}
            checked={draft.models.includes(model)}
            onChange={() => change({ models: toggled(CONCURRENCY_MODELS, draft.models, model) })}
          />
        ))}
      </fieldset>
      {usesImages && (
        <fieldset>
          <legend>Engines</legend>
          {engines.map((engine) => (
            <Check
              key={engine}
              label={engine}
              checked={draft.engines.includes(engine)}
              onChange={() => change({ engines: toggled(engines, draft.engines, engine) })}
            />
          ))}
        </fieldset>
      )}
      <label>
        {usesImages ? 'Images in one batch' : 'Tasks in one batch'}
        <input
          name="images"
          value={draft.imageCounts}
          inputMode="numeric"
          onInput={({ currentTarget }) => change({ imageCounts: currentTarget.value })}
        />
      </label>
      <label>
        Workers
        <input
          name="workers"
          value={draft.workerCounts}
          inputMode="numeric"
          onInput={({ currentTarget }) => change({ workerCounts: currentTarget.value })}
        />
      </label>
    </>
  );
}

interface CheckProps {
  label: string;
  hint?: string;
  checked: boolean;
  onChange(): void;
}

function Check({ label, hint, checked, onChange }: CheckProps) {
  return (
    <label class={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        onChange={onChange}
        aria-label={label}
        aria-describedby={hint && `meaning-${label}`}
      />
      <span>
        {label}
        {hint && (
          <span id={`meaning-${label}`} class={styles.meaning}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

/** Adds an entry, or removes it; keeps the order of all. */
function toggled<Item>(all: readonly Item[], chosen: readonly Item[], item: Item): Item[] {
  return all.filter((one) => (one === item ? !chosen.includes(one) : chosen.includes(one)));
}
