import { fileURLToPath } from 'node:url';

export type Program = 'main' | 'worker' | 'migrate' | 'cli/main' | 'cli/bench';

/** `npm run check coverage` counts the modules that bundles are made of. */
const COUNTS_MODULES = process.env.NODE_V8_COVERAGE !== undefined;
const FOLDER = COUNTS_MODULES ? '../../../src' : '../../../programs';
const FAULTS = COUNTS_MODULES ? './faults' : '../../../faults/faults';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Path of a program as it is shipped: a bundle. */
export const programFile = (program: Program): string => pathOf(`${FOLDER}/${program}.js`);

/** The server, which can fail at each step, and whose work a test can hold. */
export const FAULT_SERVER = pathOf(`${FAULTS}/fault-server.js`);

/** The worker of a cluster, whose work a test can hold as that of {@link FAULT_SERVER}. */
export const HELD_WORKER = pathOf(`${FAULTS}/held-worker.js`);
