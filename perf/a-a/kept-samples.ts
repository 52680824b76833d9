import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { BenchmarkSample } from '../../src/benchmark/sample.js';

/** A sample of a benchmark of a trial. */
interface KeptLine {
  name: string;
  sample: BenchmarkSample;
}

/** The samples of the benchmarks of a trial, so that a trial that was interrupted resumes after the last of them. */
export class KeptSamples {
  readonly #samples = new Map<string, BenchmarkSample[]>();

  /** @param file a line for each sample; undefined: in memory alone */
  constructor(private readonly file?: string) {
    if (file === undefined || !existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    for (const line of lines) {
      const { name, sample }: KeptLine = JSON.parse(line);
      this.of(name).push(sample);
    }
  }

  /** The samples of a benchmark so far. */
  of(name: string): BenchmarkSample[] {
    const samples = this.#samples.get(name) ?? [];
    this.#samples.set(name, samples);
    return samples;
  }

  add(name: string, sample: BenchmarkSample): void {
    this.of(name).push(sample);
    const line: KeptLine = { name, sample };
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }
}
