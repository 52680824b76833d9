/** Actions of the pages about jobs as code to copy. */
import { EnumValue, type Operation } from '../recipes/graphql-text.model.js';
import type { Recipe } from '../recipes/recipe.model.js';

const FIGURES = 'status totalCount completedCount failedCount';

export interface JobRestriction {
  status?: string | null | undefined;
  hasFailures?: boolean | null | undefined;
}

export function listRecipe(first: number, { status, hasFailures }: JobRestriction): Recipe {
  const args = {
    first,
    status: status ? new EnumValue(status) : undefined,
    hasFailures: hasFailures ?? undefined,
  };
  const selection = [
    `edges { node { id ${FIGURES} createdAt resultUrl } }`,
    'pageInfo { hasNextPage endCursor }',
    'totalCount',
  ];
  return {
    kind: 'REQUEST',
    title: 'List jobs',
    operation: { type: 'query', field: 'jobs', args, selection },
  };
}

/** Follows a job until it has ended. */
export function followRecipe(jobId: string): Recipe {
  return {
    kind: 'SUBSCRIPTION',
    title: 'Follow the job',
    operation: {
      type: 'subscription',
      field: 'jobProgress',
      args: { jobId },
      selection: [`seq ${FIGURES}`, 'items { position status durationMs error { code message } }'],
    },
    poll: jobQuery(jobId, FIGURES),
  };
}

export function cancelRecipe(id: string): Recipe {
  const selection = [`id ${FIGURES}`];
  return {
    kind: 'REQUEST',
    title: 'Cancel the job',
    operation: { type: 'mutation', field: 'cancelJob', args: { id }, selection },
  };
}

/** @param codes error codes of the items to run again; null: every item without a result */
export function retryRecipe(id: string, codes: readonly string[] | null): Recipe {
  const args = { id, codes: codes ?? undefined };
  const selection = [`id ${FIGURES}`];
  return {
    kind: 'REQUEST',
    title: codes === null ? 'Retry all without a result' : `Retry ${codes.join(', ')}`,
    operation: { type: 'mutation', field: 'retryJob', args, selection },
  };
}

export function zipRecipe(id: string): Recipe {
  return {
    kind: 'DOWNLOAD',
    title: 'Download the zip',
    operation: jobQuery(id, 'resultUrl'),
    path: `/media/jobs/${id}.zip`,
    filename: `job-${id}.zip`,
  };
}

function jobQuery(id: string, selection: string): Operation {
  return { type: 'query', field: 'job', args: { id }, selection: [selection] };
}
