import { recentRecipes } from '../../recipes/recent-recipes.js';
import { RecipeView } from '../../recipes/recipe-view.js';
import { chosenImages } from '../../session/chosen-images.js';
import { createJobRecipe, type EditedPipeline, saveRecipe } from '../editor-recipes.model.js';
import styles from './panel.module.css';

/** What the editor offers and what it has done, as code to copy; it follows the pipeline. */
export function RecipePanel({ imageId, pipeline }: { imageId: string; pipeline: EditedPipeline }) {
  const selected = chosenImages.value.size > 0 ? [...chosenImages.value] : [imageId];
  const offered = [saveRecipe(imageId, pipeline), createJobRecipe(selected, pipeline)];
  const titles = new Set(offered.map(({ title }) => title));
  const done = recentRecipes.value.filter(({ title }) => !titles.has(title));
  return (
    <section class={styles.section} aria-labelledby="recipe-title">
      <h2 id="recipe-title">Copy as code</h2>
      <RecipeView recipes={[...offered, ...done]} />
    </section>
  );
}
