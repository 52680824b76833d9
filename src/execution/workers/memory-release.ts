import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Buffers that a worker may keep until V8 collects garbage by itself. More than small images leave between two collections. */
const KEPT_BYTES = 96 * 2 ** 20;

let collect: (() => void) | undefined;

/**
 * Frees the buffers of large images when the worker has answered. V8 collects garbage only while code allocates: an idle
 * worker would keep the pixels of its last image.
 */
export function releaseMemoryLater(): void {
  setImmediate(() => {
    if (process.memoryUsage().arrayBuffers > KEPT_BYTES) collectGarbage();
  });
}

function collectGarbage(): void {
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
