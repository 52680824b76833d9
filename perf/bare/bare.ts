import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { computeEnvironment } from '../../src/execution/machine/compute-environment.js';
import type { ConcurrencyModel } from '../../src/execution/model.js';
import { HOST_FLAGS } from '../../src/execution/workers/worker-flags.js';
import type { ImageEngineName } from '../../src/imaging/engine-name.js';
import { cpuTicksOf, descendantsOf } from '../../tests/support/servers/processes.js';

/** On Linux. */
const TICK_MS = 10;

/** How images are computed without a server. */
export interface Arrangement {
  /** Or sharp called directly, with a watermark by `composite`. */
  model: ConcurrencyModel | 'SHARP_BY_HAND';
  /** Images that are computed at the same time: workers, or calls of sharp. */
  inFlight: number;
  engine: ImageEngineName;
  /** Environment variables in place of those that every compute process has; undefined removes one. */
  environment?: Readonly<Record<string, string | undefined>>;
}

export interface BareWork {
  arrangement: Arrangement;
  /** Sources, each computed once in a run. */
  files: readonly string[];
  /** Folder of the results. */
  folder: string;
}

/** A process that computes images without a server, again and again. */
export class BareRun {
  static async start(work: BareWork): Promise<BareRun> {
    const { environment, inFlight } = work.arrangement;
    const child = fork(fileURLToPath(new URL('./bare-host.js', import.meta.url)), [JSON.stringify(work)], {
      execArgv: [...HOST_FLAGS],
      env: { ...computeEnvironment(inFlight), ...environment },
    });
    child.once('exit', (code) => {
      throw new Error(`The process of ${JSON.stringify(work.arrangement)} ended: exit code ${code}`);
    });
    await once(child, 'message');
    return new BareRun(child);
  }

  private constructor(private readonly child: ChildProcess) {}

  /** Computes all files once; milliseconds. */
  async run(): Promise<number> {
    this.child.send('RUN');
    return (await once(this.child, 'message'))[0];
  }

  /** Memory of its processes in MB; pages that several share are divided among them. On Linux. */
  async memoryMb(): Promise<number> {
    const { pid = 0 } = this.child;
    const sizes = await Promise.all([pid, ...(await descendantsOf(pid))].map(proportionalKb));
    return sizes.reduce((sum, size) => sum + size, 0) / 1_024;
  }

  /** Processor time of its processes until now, in milliseconds. On Linux. */
  async cpuMs(): Promise<number> {
    const { pid = 0 } = this.child;
    return (await cpuTicksOf([pid, ...(await descendantsOf(pid))])) * TICK_MS;
  }

  stop(): void {
    this.child.removeAllListeners('exit');
    this.child.disconnect();
  }
}

async function proportionalKb(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]);
}
