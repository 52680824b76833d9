/** Cursors of the items of a job. The API has pages only: the cursors before an item are asked for once. */
export class ItemCursors {
  readonly #cursors: string[] = [];
  #loading: Promise<boolean> | undefined;

  /** @param loadPage returns the next cursors after one; empty after the last one */
  constructor(private readonly loadPage: (after: string | null) => Promise<readonly string[]>) {}

  /** Returns the cursor after which the item at a position starts; null for the first one and where there is none. */
  async before(position: number): Promise<string | null> {
    while (this.#cursors.length < position && (await this.#loadMore()));
    return this.#cursors[position - 1] ?? null;
  }

  /** Loads the next cursors; returns whether there were more. One request at a time: two would add the same ones. */
  #loadMore(): Promise<boolean> {
    this.#loading ??= this.#loadNext().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #loadNext(): Promise<boolean> {
    const cursors = await this.loadPage(this.#cursors.at(-1) ?? null);
    this.#cursors.push(...cursors);
    return cursors.length > 0;
  }
}
