/** Loaded into a compute host before its own program: it kills itself at the step of writing a result that `FAULT_FILE` arms. */
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { type FileStep, reach } from './fault-steps.js';

const { open, rename } = files;

const reachFile = (step: FileStep): void => reach(step, String(process.env.FAULT_FILE));

const mortal: Pick<typeof files, 'open' | 'rename'> = {
  async open(path, ...how) {
    const handle = await open(path, ...how);
    if (!String(path).endsWith('.partial')) return handle;
    reachFile('FILE BEGUN');
    const writeFile: typeof handle.writeFile = async (...content) => {
      await Object.getPrototypeOf(handle).writeFile.apply(handle, content);
      reachFile('FILE WRITTEN');
    };
    const sync = async () => {
      await Object.getPrototypeOf(handle).sync.apply(handle);
      reachFile('FILE SYNCED');
    };
    return Object.assign(handle, { writeFile, sync });
  },
  async rename(from, to) {
    await rename(from, to);
    reachFile('FILE NAMED');
  },
};
Object.assign(files, mortal);
syncBuiltinESMExports();
