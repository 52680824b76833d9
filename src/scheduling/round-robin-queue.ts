/**
 * Queue in which owners take turns: one item of each owner, then a second one of each. Items of one owner keep their
 * order.
 */
export class RoundRobinQueue<T extends { readonly owner: string }> {
  /** By owner; the one that was served longest ago comes first. */
  readonly #lines = new Map<string, Set<T>>();

  add(item: T): void {
    const line = this.#lines.get(item.owner);
    if (line) line.add(item);
    else this.#lines.set(item.owner, new Set([item]));
  }

  /** Yields items in the order in which they will be served if none is added. */
  *inTurn(): Generator<T> {
    let lines = [...this.#lines.values()].map((line) => line.values());
    while (lines.length > 0) {
      const left: typeof lines = [];
      for (const line of lines) {
        const next = line.next();
        if (next.done) continue;
        yield next.value;
        left.push(line);
      }
      lines = left;
    }
  }

  /**
   * Removes an item to serve it; its owner's next turn comes after those of all others. Returns false if it is not
   * queued.
   */
  serve(item: T): boolean {
    if (!this.remove(item)) return false;
    const line = this.#lines.get(item.owner);
    if (line) {
      this.#lines.delete(item.owner);
      this.#lines.set(item.owner, line);
    }
    return true;
  }

  /** Removes an item without using a turn; returns false if it is not queued. */
  remove(item: T): boolean {
    const line = this.#lines.get(item.owner);
    if (!line?.delete(item)) return false;
    if (line.size === 0) this.#lines.delete(item.owner);
    return true;
  }
}
