import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { BenchmarkSample } from '../../src/benchmark/sample.js';

/** The samples of a benchmark of a trial. */
interface KeptLine {
  name: string;
  samples: BenchmarkSample[];
}

/** The benchmarks of a trial that are measured, so that a trial that was interrupted resumes after the last of them. */
export class KeptBenchmarks {
  readonly #benchmarks = new Map<string, BenchmarkSample[]>();

  /** @param file a line for each benchmark; undefined: in memory alone */
  constructor(private readonly file?: string) {
    if (file === undefined || !existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    for (const line of lines) {
      const { name, samples }: KeptLine = JSON.parse(line);
      this.#benchmarks.set(name, samples);
    }
  }

  /** The samples of a benchmark; measures it where they are not kept. */
  async measured(name: string, measure: () => Promise<BenchmarkSample[]>): Promise<BenchmarkSample[]> {
    const kept = this.#benchmarks.get(name);
    if (kept) return kept;
    const samples = await measure();
    const line: KeptLine = { name, samples };
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify(line)}\n`);
    this.#benchmarks.set(name, samples);
    return samples;
  }
}
