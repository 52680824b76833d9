import type { Image } from '../../../entities/image.entity.js';
import { AppError } from '../../../errors.js';
import { checkEngine, checkOperations } from '../../../imaging/check-operations.js';
import type { Operation } from '../../../imaging/operation.js';
import type { PipelineChoice, PresetDependencies, PresetService } from '../preset.service.js';
import { encodeRecipe, MAX_RECIPE_BYTES } from './recipe.js';

export interface VariantChoice extends PipelineChoice {
  /** The client's Accept header chooses AVIF, WEBP, or the format without it. */
  autoFormat: boolean;
}

/** Makes the addresses of variants; {@link VariantCache} serves them. */
export class VariantService {
  constructor(
    private readonly presets: PresetService,
    private readonly deps: PresetDependencies,
  ) {}

  /**
   * Returns the path of a variant, to be signed: it holds the recipe, with the preset expanded and the focal point as
   * they are now. Throws BAD_USER_INPUT or NOT_FOUND for an invalid recipe, LIMIT_EXCEEDED above 4 KB of it.
   */
  async path(image: Image, choice: VariantChoice): Promise<string> {
    const { operations, engine } = await this.presets.pipeline(image.owner.id, choice);
    checkOperations(operations, this.deps.limits);
    const engines = await this.deps.engines();
    checkEngine(engine, image.format, operations, engines);
    const { autoFormat } = choice;
    if (autoFormat && engine !== 'SHARP') {
      throw AppError.badInput('input.autoFormat', 'needs the engine SHARP');
    }
    if (autoFormat && operations.some(({ kind }) => kind === 'CONVERT')) {
      throw AppError.badInput('input.autoFormat', 'must be false together with convert');
    }
    const focalPoint = operations.some(usesFocalPoint) ? image.focalPoint : null;
    const { text, bytes } = encodeRecipe({ operations, engine, autoFormat, focalPoint });
    if (bytes > MAX_RECIPE_BYTES) {
      throw AppError.beyond('input.operations', 'maxRecipeBytes', MAX_RECIPE_BYTES, bytes);
    }
    return `/media/variants/${image.id}/${text}`;
  }
}

function usesFocalPoint({ params }: Operation): boolean {
  return 'gravity' in params && params.gravity === 'FOCAL_POINT';
}
