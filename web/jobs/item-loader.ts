import {
  JobItemCursorsDocument,
  type JobItemDetailFragment,
  JobItemDocument,
} from '../api/generated/graphql.js';
import { ask } from '../session/session.js';
import { ItemCursors } from './item-cursors.model.js';

/** Loads single items of a job. */
export class ItemLoader {
  readonly #cursors: ItemCursors;

  constructor(private readonly jobId: string) {
    this.#cursors = new ItemCursors(async (after) => {
      const { job } = await ask(JobItemCursorsDocument, { id: jobId, after });
      return job.items.edges.map(({ cursor }) => cursor);
    });
  }

  /** @throws AppError */
  async load(position: number): Promise<JobItemDetailFragment | undefined> {
    const after = await this.#cursors.before(position);
    const { job } = await ask(JobItemDocument, { id: this.jobId, after });
    return job.items.edges.find(({ node }) => node.position === position)?.node;
  }
}
