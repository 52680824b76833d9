import { spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerParent } from '../../../src/execution/child/answer-parent.js';

/** Behaviour of a host process in tests: hang with a child process, or exit. */
answerParent(
  async ({ script, directory }: { script: 'BLOCK' | 'EXIT'; directory: string }): Promise<never> => {
    if (script === 'EXIT') process.exit(3);
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    writeFileSync(join(directory, 'pids.new'), `${process.pid} ${child.pid}`);
    renameSync(join(directory, 'pids.new'), join(directory, 'pids'));
    for (;;);
  },
);
