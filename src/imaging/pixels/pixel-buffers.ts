import { freeMemory } from './free-memory.js';

/** The pixels of one image between its operations, which are freed together as soon as the image is done. */
export class PixelBuffers {
  readonly #arrays = new Set<Uint8Array>();

  add(data: Uint8Array): void {
    this.#arrays.add(data);
  }

  /** Frees their memory. No native code may still use it. */
  free(): void {
    for (const data of this.#arrays) freeMemory(data);
    this.#arrays.clear();
  }
}
