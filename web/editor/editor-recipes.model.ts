/** Actions of the editor as code to copy. */
import type { ImageEngine } from '../api/generated/graphql.js';
import { EnumValue, fieldText, idList, type Literal } from '../recipes/graphql-text.model.js';
import type { Recipe } from '../recipes/recipe.model.js';
import { factsOf, type Value } from './pipeline/operations.model.js';
import type { Step } from './pipeline/pipeline.model.js';

/** A pipeline of the editor, and the engine that computes it. */
export interface EditedPipeline {
  engine: ImageEngine;
  steps: readonly Step[];
}

export function saveRecipe(imageId: string, pipeline: EditedPipeline): Recipe {
  return {
    kind: 'REQUEST',
    title: 'Save as new image',
    operation: {
      type: 'mutation',
      field: 'processImage',
      args: { input: { imageId, ...pipelineLiteral(pipeline) } },
      selection: ['id url width height byteSize durationMs'],
    },
  };
}

/** The address of the result, from which it is downloaded without being stored as an image. */
export function resultRecipe(imageId: string, pipeline: EditedPipeline): Recipe {
  return {
    kind: 'REQUEST',
    title: 'Get the address of the result',
    operation: {
      type: 'query',
      field: 'image',
      args: { id: imageId },
      selection: [fieldText('variantUrl', { input: pipelineLiteral(pipeline) })],
    },
  };
}

export function createJobRecipe(imageIds: readonly string[], pipeline: EditedPipeline): Recipe {
  const { argument, ...variables } = idList('imageIds', imageIds);
  const pool = new EnumValue('THREADS');
  return {
    kind: 'REQUEST',
    title: 'Apply to images as a job',
    operation: {
      type: 'mutation',
      field: 'createBatchJob',
      args: { input: { ...pipelineLiteral(pipeline), pool, imageIds: argument } },
      ...variables,
      selection: ['id status totalCount'],
    },
  };
}

export function savePresetRecipe(name: string, pipeline: EditedPipeline): Recipe {
  return {
    kind: 'REQUEST',
    title: 'Save as preset',
    operation: {
      type: 'mutation',
      field: 'savePreset',
      args: { input: { name, ...pipelineLiteral(pipeline) } },
      selection: ['name engine operations { kind params }'],
    },
  };
}

export function deletePresetRecipe(name: string): Recipe {
  const operation = { type: 'mutation', field: 'deletePreset', args: { name } } as const;
  return { kind: 'REQUEST', title: 'Delete a preset', operation };
}

/** @param point null: removes it */
export function focalPointRecipe(imageId: string, point: { x: number; y: number } | null): Recipe {
  return {
    kind: 'REQUEST',
    title: point ? 'Set the focal point' : 'Remove the focal point',
    operation: {
      type: 'mutation',
      field: 'setFocalPoint',
      args: { imageId, ...point },
      selection: ['id focalPoint { x y }'],
    },
  };
}

function pipelineLiteral({ engine, steps }: EditedPipeline) {
  return { engine: new EnumValue(engine), operations: steps.map(stepLiteral) };
}

function stepLiteral({ kind, params }: Step): Literal {
  const { field, parameters } = factsOf(kind);
  if (kind === 'GRAYSCALE') return { [field]: true };
  // A parameter with its default value is left to the server, unless all have their defaults.
  const entries = Object.entries(params);
  const changed = entries.filter(([name, value]) => value !== parameters[name]?.initial);
  const shown = changed.length > 0 ? changed : entries;
  return {
    [field]: Object.fromEntries(
      shown.map(([name, value]) => [name, literalOf(value, parameters[name]?.type === 'ONE_OF')]),
    ),
  };
}

function literalOf(value: Value, isEnum: boolean): Literal {
  return isEnum ? new EnumValue(String(value)) : value;
}
