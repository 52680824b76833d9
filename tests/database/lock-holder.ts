import { tryLockFile } from '../../src/database/file-lock.js';

/** Holds a lock until it is killed. */
const release = await tryLockFile(process.argv[2] ?? '');
if (release === null) process.exit(1);
process.send?.('held');
setInterval(() => undefined, 1000);
