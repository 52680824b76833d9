import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean, sampleStandardDeviation } from 'simple-statistics';

/** A ratio of two times, and its standard deviation. */
export interface Ratio {
  value: number;
  deviation: number;
}

/**
 * The ratio of the means with its standard deviation by propagation of errors, as hyperfine prints it ("1.98 ± 0.03
 * times faster").
 */
export function meanRatio(numerator: readonly number[], denominator: readonly number[]): Ratio {
  return quotient(momentsOf(numerator), momentsOf(denominator));
}

/** Times of a program with and without its work. */
export interface ProgramTimes {
  whole: readonly number[];
  startOnly: readonly number[];
}

/** The same ratio of programs, each less its start. */
export function meanRatioWithoutStart(numerator: ProgramTimes, denominator: ProgramTimes): Ratio {
  const work = ({ whole, startOnly }: ProgramTimes): Moments => {
    const [all, start] = [momentsOf(whole), momentsOf(startOnly)];
    return { mean: all.mean - start.mean, deviation: Math.hypot(all.deviation, start.deviation) };
  };
  return quotient(work(numerator), work(denominator));
}

interface Moments {
  mean: number;
  deviation: number;
}

const momentsOf = (times: readonly number[]): Moments => ({
  mean: mean([...times]),
  deviation: sampleStandardDeviation([...times]),
});

function quotient(over: Moments, under: Moments): Ratio {
  const value = over.mean / under.mean;
  const relative = ({ mean: of, deviation }: Moments) => deviation / of;
  return { value, deviation: value * Math.hypot(relative(over), relative(under)) };
}

/** Times of each command as the program hyperfine measures them, in seconds; null where it is not installed. */
export function hyperfineTimes(commands: readonly string[], runs: number): number[][] | null {
  const folder = mkdtempSync(join(tmpdir(), 'hyperfine-'));
  try {
    const file = join(folder, 'times.json');
    const options = ['--shell=none', '--warmup', '1', '--runs', String(runs), '--export-json', file];
    const { error, status, stderr } = spawnSync('hyperfine', [...options, ...commands], { encoding: 'utf8' });
    if (error) return null;
    if (status !== 0) throw new Error(`hyperfine failed: ${stderr}`);
    const { results } = JSON.parse(readFileSync(file, 'utf8')) as { results: { times: number[] }[] };
    return results.map(({ times }) => times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
