import { fileURLToPath } from 'node:url';

export type Program = 'main' | 'worker' | 'migrate' | 'cli/main' | 'cli/bench';

/** The bundles that users start; `npm run check coverage` counts the modules that they are made of. */
const FOLDER = process.env.NODE_V8_COVERAGE ? '../../../src' : '../../../programs';

/** Path of a program as it is shipped. */
export const programFile = (program: Program): string =>
  fileURLToPath(new URL(`${FOLDER}/${program}.js`, import.meta.url));
