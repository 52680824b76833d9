import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

/** Beside the compiled files: only a user who can change the program itself can write there. */
const FOLDER = '../../compile-cache';

/**
 * Has Node store what it compiles when this process ends, and read it at later starts. Node does without where the
 * folder cannot be written.
 */
export function keepCompiled(): void {
  // Of functions that come from the cache, V8 counts no branches.
  if (process.env.NODE_V8_COVERAGE) return;
  // Not imported by name: an older Node, which lacks it, must get as far as `requireNode`.
  nodeModule.enableCompileCache(fileURLToPath(new URL(FOLDER, import.meta.url)));
}
