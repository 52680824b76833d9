import { signal } from '@preact/signals';
import { onSignedOut } from '../session/on-signed-out.js';
import type { Recipe } from './recipe.model.js';

/** How many actions are kept. */
const MAX_RECIPES = 12;

/** What the page has done, newest first; an action with the same title replaces the one before. */
export const recentRecipes = signal<readonly Recipe[]>([]);

onSignedOut(() => {
  recentRecipes.value = [];
});

/** Notes an action that has succeeded, so that it can be copied. */
export function recordRecipe(recipe: Recipe): void {
  const others = recentRecipes.peek().filter(({ title }) => title !== recipe.title);
  recentRecipes.value = [recipe, ...others].slice(0, MAX_RECIPES);
}
