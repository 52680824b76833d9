import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { HostSampleRunner } from '../../../../src/benchmark/measure/host.sample-runner.js';
import type { BenchmarkWork, SampleRunner } from '../../../../src/benchmark/sample-runner.js';
import type { Compute } from '../../../../src/execution/compute.js';
import { eventually } from '../../eventually.js';
import { benchmarkHostsOf } from '../processes.js';

/**
 * What a test holds: images before they are computed, computed images before they are stored, or samples in the middle, by
 * stopping the process that measures.
 */
export type HeldWork = 'IMAGES' | 'RESULTS' | 'SAMPLES';

const fileOf = (folder: string, work: HeldWork): string => `${folder}/hold-${work}`;

/** Holds the work of the server in a folder after this number, until {@link release} or a higher number. */
export function hold(folder: string, work: HeldWork, count: number): Promise<void> {
  return writeFile(fileOf(folder, work), String(count));
}

export function release(folder: string, work: HeldWork): Promise<void> {
  return rm(fileOf(folder, work));
}

/** The server's side: numbers the work since the hold began. */
class Hold {
  readonly #file: string;
  #last = 0;

  constructor(work: HeldWork) {
    this.#file = fileOf(process.cwd(), work);
  }

  /** The number of the next work, from 1. */
  next(): number {
    this.#last = existsSync(this.#file) ? this.#last + 1 : 0;
    return this.#last;
  }

  isHeld(number: number): boolean {
    return existsSync(this.#file) && number > this.#limit();
  }

  async untilFree(number: number): Promise<void> {
    await eventually(() => !this.isHeld(number));
  }

  #limit(): number {
    try {
      return Number(readFileSync(this.#file, 'utf8'));
    } catch {
      return Number.POSITIVE_INFINITY;
    }
  }
}

/** Computes images; a test can hold them before and after. */
export function heldCompute(compute: Compute): Compute {
  const [images, results] = [new Hold('IMAGES'), new Hold('RESULTS')];
  return {
    async process(request, options) {
      await images.untilFree(images.next());
      const result = await compute.process(request, options);
      await results.untilFree(results.next());
      return result;
    },
    inspect: (key, owner, options) => compute.inspect(key, owner, options),
    describe: (key, owner, options) => compute.describe(key, owner, options),
    engines: () => compute.engines(),
    close: (deadlineMs) => compute.close(deadlineMs),
  };
}

const samples = new Hold('SAMPLES');

/** Measures in real processes; a test can hold a sample in the middle. */
export function heldRunner(work: BenchmarkWork): SampleRunner {
  const runner = new HostSampleRunner(work);
  return {
    measure(cell, options) {
      const measured = runner.measure(cell, options);
      const number = samples.next();
      if (samples.isHeld(number)) void stopHosts(number);
      return measured;
    },
  };
}

async function stopHosts(sample: number): Promise<void> {
  const hosts = await benchmarkHostsOf(process.pid);
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const host of hosts) {
      try {
        process.kill(host, name);
      } catch {
        // It has ended.
      }
    }
  };
  signal('SIGSTOP');
  await samples.untilFree(sample);
  signal('SIGCONT');
}
