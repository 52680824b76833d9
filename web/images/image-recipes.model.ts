/** Actions of the images page as code to copy. */
import { idList, reference } from '../recipes/graphql-text.model.js';
import type { Recipe } from '../recipes/recipe.model.js';

export function listRecipe(first: number, after: string | null): Recipe {
  return {
    kind: 'REQUEST',
    title: after === null ? 'List the newest images' : 'List the next images',
    operation: {
      type: 'query',
      field: 'images',
      args: { first, after: after ?? undefined },
      selection: [
        'edges { node { id filename format width height byteSize createdAt url } }',
        'pageInfo { hasNextPage endCursor }',
        'totalCount',
      ],
    },
  };
}

/** @param files names of the files, in the folder in which the recipe runs */
export function uploadRecipe(files: readonly string[]): Recipe {
  return {
    kind: 'UPLOAD',
    title: 'Upload files',
    files,
    operation: {
      type: 'mutation',
      variables: { file: { type: 'Upload!', value: null } },
      field: 'uploadImage',
      args: { file: reference('file') },
      selection: ['id filename format width height byteSize url'],
    },
  };
}

export function deletionRecipe(ids: readonly string[]): Recipe {
  const { argument, ...variables } = idList('ids', ids);
  return {
    kind: 'REQUEST',
    title: ids.length === 1 ? 'Delete an image' : `Delete ${ids.length} images`,
    operation: { type: 'mutation', field: 'deleteImages', args: { ids: argument }, ...variables },
  };
}
