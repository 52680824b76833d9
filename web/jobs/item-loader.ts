import {
  JobItemCursorsDocument,
  type JobItemDetailFragment,
  JobItemDocument,
} from '../api/generated/graphql.js';
import { ask } from '../session/session.js';

/** Loads single items of a job. The API has pages only: the cursors before an item are asked for once. */
export class ItemLoader {
  readonly #cursors: string[] = [];

  constructor(private readonly jobId: string) {}

  /** @throws AppError */
  async load(position: number): Promise<JobItemDetailFragment | undefined> {
    while (this.#cursors.length < position && (await this.#loadCursors()));
    const after = position === 0 ? null : (this.#cursors[position - 1] ?? null);
    const { job } = await ask(JobItemDocument, { id: this.jobId, after });
    return job.items.edges.find(({ node }) => node.position === position)?.node;
  }

  /** Loads the next cursors; returns whether there were more. */
  async #loadCursors(): Promise<boolean> {
    const after = this.#cursors.at(-1) ?? null;
    const { job } = await ask(JobItemCursorsDocument, { id: this.jobId, after });
    this.#cursors.push(...job.items.edges.map(({ cursor }) => cursor));
    return job.items.edges.length > 0;
  }
}
