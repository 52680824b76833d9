import { useSignal } from '@preact/signals';
import { BASE_PATH } from '../app/base-path.js';
import { SERVER_URL } from '../session/session.js';
import { ChoiceBar } from '../ui/choice-bar.js';
import { CopyButton } from '../ui/copy-button.js';
import { type Recipe, type RecipeLanguage, recipeText } from './recipe.model.js';
import styles from './recipe-view.module.css';

const LANGUAGES: Record<RecipeLanguage, string> = {
  GRAPHQL: 'GraphQL',
  CURL: 'curl',
  TYPESCRIPT: 'TypeScript',
};

/** One of several actions as code to copy; the first is chosen at the start. */
export function RecipeView({ recipes }: { recipes: readonly Recipe[] }) {
  const language = useSignal<RecipeLanguage>('GRAPHQL');
  const title = useSignal('');
  const recipe = recipes.find((one) => one.title === title.value) ?? recipes[0];
  if (!recipe) return null;
  const text = recipeText(language.value, SERVER_URL, recipe);
  return (
    <div class={styles.view}>
      <label class={styles.action}>
        <span>Action</span>
        <select
          value={recipe.title}
          onChange={({ currentTarget }) => {
            title.value = currentTarget.value;
          }}
        >
          {recipes.map((one) => (
            <option key={one.title}>{one.title}</option>
          ))}
        </select>
      </label>
      <div class={styles.head}>
        <ChoiceBar
          label="Language of the recipe"
          choices={LANGUAGES}
          value={language.value}
          onChoose={(choice) => {
            language.value = choice;
          }}
        />
        <CopyButton text={text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls has to be reached by the keyboard */}
      <pre class={styles.code} tabIndex={0}>
        {text}
      </pre>
      <p class={styles.quiet}>{tokenHint(recipe)}</p>
    </div>
  );
}

function tokenHint({ token }: Recipe) {
  if (token === 'ACCESS_TOKEN')
    return 'Set TOKEN to an access token, which the mutation “login” returns: API tokens have no access to the account.';
  return (
    <>
      Set TOKEN to an <a href={`${BASE_PATH}/account`}>API token of your account</a>.
    </>
  );
}
