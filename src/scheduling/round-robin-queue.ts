/**
 * A waiting line in which owners take turns: first one item of each, then a second one of each. Within an owner the
 * order is that of arrival.
 */
export class RoundRobinQueue<T extends { readonly owner: string }> {
  /** Who was served longest ago comes first. */
  readonly #lines = new Map<string, Set<T>>();

  add(item: T): void {
    const line = this.#lines.get(item.owner);
    if (line) line.add(item);
    else this.#lines.set(item.owner, new Set([item]));
  }

  /** Items in the order in which they will have their turns if nobody else comes. */
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

  /** Takes an item out to serve it: its owner's next turn comes after everybody else's. */
  serve(item: T): boolean {
    if (!this.remove(item)) return false;
    const line = this.#lines.get(item.owner);
    if (line) {
      this.#lines.delete(item.owner);
      this.#lines.set(item.owner, line);
    }
    return true;
  }

  /** Takes an item out without having served it; false where it was not in line. */
  remove(item: T): boolean {
    const line = this.#lines.get(item.owner);
    if (!line?.delete(item)) return false;
    if (line.size === 0) this.#lines.delete(item.owner);
    return true;
  }
}
