import { ImageIdsDocument } from '../api/generated/graphql.js';
import { ask } from './session.js';

/** Images of one page of the list. */
const PAGE_SIZE = 100;

/** Ids of the newest images of the account, up to a number. @throws AppError */
export async function newestImageIds(max = Number.POSITIVE_INFINITY): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ids.length < max; ) {
    const variables: { first: number; after: string | null } = {
      first: Math.min(PAGE_SIZE, max - ids.length),
      after,
    };
    const { images } = await ask(ImageIdsDocument, variables);
    ids.push(...images.edges.map(({ node }) => node.id));
    if (!images.pageInfo.hasNextPage) break;
    after = images.pageInfo.endCursor;
  }
  return ids;
}
