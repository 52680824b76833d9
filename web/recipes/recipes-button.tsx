import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { recentRecipes } from './recent-recipes.js';
import type { Recipe } from './recipe.model.js';
import { RecipeView } from './recipe-view.js';
import styles from './recipes-button.module.css';

interface RecipesButtonProps {
  /** Actions that the page offers besides what it has done already. */
  more?: () => readonly Recipe[];
}

/** Opens a dialog with what the page has done, newest first, as code to copy. */
export function RecipesButton({ more = () => [] }: RecipesButtonProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = useSignal(false);
  const open = () => {
    isOpen.value = true;
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={open}>
        Copy as code
      </button>
      <dialog
        ref={dialog}
        class={styles.dialog}
        closedby="any"
        aria-labelledby="recipes-title"
        onClose={() => {
          isOpen.value = false;
        }}
      >
        {isOpen.value && (
          <div class={styles.content}>
            <div class={styles.head}>
              <h2 id="recipes-title">Copy as code</h2>
              <button type="button" aria-label="Close" onClick={() => dialog.current?.close()}>
                <Icon name="CLOSE" />
              </button>
            </div>
            <RecipeView recipes={withoutRepeats([...recentRecipes.value, ...more()])} />
          </div>
        )}
      </dialog>
    </>
  );
}

/** Of actions with the same title, the first. */
function withoutRepeats(recipes: readonly Recipe[]): Recipe[] {
  const byTitle = new Map<string, Recipe>();
  for (const recipe of recipes) if (!byTitle.has(recipe.title)) byTitle.set(recipe.title, recipe);
  return [...byTitle.values()];
}
