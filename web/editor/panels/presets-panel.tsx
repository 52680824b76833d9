import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import {
  DeletePresetDocument,
  type ImageEngine,
  type PresetRowFragment,
  PresetsDocument,
  SavePresetDocument,
} from '../../api/generated/graphql.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { notify } from '../../ui/notices.js';
import { fieldOf, useAction } from '../../ui/use-action.js';
import { deletePresetRecipe, savePresetRecipe } from '../editor-recipes.model.js';
import { type Step, toInputs } from '../pipeline/pipeline.model.js';
import styles from './panel.module.css';

interface PresetsPanelProps {
  engine: ImageEngine;
  steps: readonly Step[];
  onLoad(preset: PresetRowFragment): void;
}

/** Stored pipelines: use one, save this one under a name, delete one. */
export function PresetsPanel({ engine, steps, onLoad }: PresetsPanelProps) {
  const presets = useSignal<readonly PresetRowFragment[]>([]);
  const chosen = useSignal('');
  const { busy, problem, again, run } = useAction();
  const load = async () => {
    presets.value = (await ask(PresetsDocument, {})).presets;
  };
  useEffect(() => void run(load), []);

  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const name = fieldOf(event, 'name').trim();
    void run(async () => {
      await ask(SavePresetDocument, { input: { name, engine, operations: toInputs(steps) } });
      recordRecipe(savePresetRecipe(name, { engine, steps }));
      await load();
      chosen.value = name;
      form.reset();
      notify(`Preset “${name}” saved.`);
    });
  };
  const remove = () =>
    run(async () => {
      await ask(DeletePresetDocument, { name: chosen.value });
      recordRecipe(deletePresetRecipe(chosen.value));
      chosen.value = '';
      await load();
    });
  const choose = (name: string) => {
    chosen.value = name;
    const preset = presets.value.find((each) => each.name === name);
    if (preset) onLoad(preset);
  };

  return (
    <section class={styles.section} aria-labelledby="presets-title">
      <h2 id="presets-title">Presets</h2>
      {presets.value.length > 0 && (
        <div class={styles.row}>
          <select
            aria-label="Use a preset"
            value={chosen.value}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            <option value="">Use a preset …</option>
            {presets.value.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <button type="button" disabled={busy.value || chosen.value === ''} onClick={() => void remove()}>
            Delete
          </button>
        </div>
      )}
      <form class={styles.row} onSubmit={save}>
        <input name="name" required maxLength={64} placeholder="Name" aria-label="Name of the preset" />
        <button type="submit" disabled={busy.value || steps.length === 0}>
          Save as preset
        </button>
      </form>
      <Problem text={problem.value} again={again.value} />
    </section>
  );
}
