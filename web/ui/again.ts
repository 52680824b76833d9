import type { ReadonlySignal } from '@preact/signals';

/** Does again what has failed; undefined while nothing has, and where the same request cannot succeed. */
export type Again = ReadonlySignal<(() => void) | undefined>;
