/**
 * Loaded into a compute host before its own program: it kills itself at one step of writing a result, `FAULT_STEP`,
 * unless a host before it has done so and left the file `FAULT_MARK`.
 */
import { closeSync, openSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { type FileStep, reach } from './fault-steps.js';

const { open, rename } = files;

function reachOnce(step: FileStep): void {
  reach(step, () => {
    try {
      closeSync(openSync(String(process.env.FAULT_MARK), 'wx'));
      return true;
    } catch {
      return false;
    }
  });
}

const mortal: Pick<typeof files, 'open' | 'rename'> = {
  async open(path, ...how) {
    const handle = await open(path, ...how);
    if (!String(path).endsWith('.partial')) return handle;
    reachOnce('FILE BEGUN');
    const writeFile: typeof handle.writeFile = async (...content) => {
      await Object.getPrototypeOf(handle).writeFile.apply(handle, content);
      reachOnce('FILE WRITTEN');
    };
    const sync = async () => {
      await Object.getPrototypeOf(handle).sync.apply(handle);
      reachOnce('FILE SYNCED');
    };
    return Object.assign(handle, { writeFile, sync });
  },
  async rename(from, to) {
    await rename(from, to);
    reachOnce('FILE NAMED');
  },
};
Object.assign(files, mortal);
syncBuiltinESMExports();
