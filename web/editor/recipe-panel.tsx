import { useSignal } from '@preact/signals';
import { BASE_PATH } from '../app/base-path.js';
import { ChoiceBar } from '../ui/choice-bar.js';
import { notify } from '../ui/notices.js';
import styles from './panel.module.css';
import type { Step } from './pipeline.model.js';
import { type RecipeLanguage, type RecipeTarget, recipeOf } from './recipe.model.js';

const LANGUAGES: Record<RecipeLanguage, string> = {
  GRAPHQL: 'GraphQL',
  CURL: 'curl',
  TYPESCRIPT: 'TypeScript',
};

/** The request that saves this image, to copy into a program. */
export function RecipePanel({ target, steps }: { target: RecipeTarget; steps: readonly Step[] }) {
  const language = useSignal<RecipeLanguage>('GRAPHQL');
  const text = recipeOf(language.value, target, steps);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    notify(`${LANGUAGES[language.value]} copied.`);
  };
  return (
    <section class={styles.section} aria-labelledby="recipe-title">
      <div class={styles.head}>
        <h2 id="recipe-title">Recipe</h2>
        <button type="button" onClick={() => void copy()}>
          Copy
        </button>
      </div>
      <ChoiceBar
        label="Language of the recipe"
        choices={LANGUAGES}
        value={language.value}
        onChoose={(choice) => {
          language.value = choice;
        }}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls has to be reached by the keyboard */}
      <pre class={styles.code} tabIndex={0}>
        {text}
      </pre>
      <p class={styles.quiet}>
        Set TOKEN to an <a href={`${BASE_PATH}/account`}>API token of your account</a>.
      </p>
    </section>
  );
}
