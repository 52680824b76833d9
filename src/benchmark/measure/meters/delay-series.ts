const MAX_VALUES = 100;

/** A series of delays with bounded memory: when it is full, neighbours are merged into the larger of the two. */
export class DelaySeries {
  #values: number[] = [];
  /** Number of delays that one value represents. */
  #width = 1;
  #pending = 0;
  #largest = 0;

  add(delayMs: number): void {
    this.#largest = Math.max(this.#largest, delayMs, 0);
    if (++this.#pending < this.#width) return;
    this.#values.push(Math.round(this.#largest * 1000) / 1000);
    this.#pending = 0;
    this.#largest = 0;
    if (this.#values.length <= MAX_VALUES) return;
    this.#width *= 2;
    this.#values = Array.from({ length: Math.ceil(this.#values.length / 2) }, (_, index) =>
      Math.max(this.#values[2 * index] ?? 0, this.#values[2 * index + 1] ?? 0),
    );
  }

  values(): number[] {
    return [...this.#values];
  }
}
