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
  const [over, under] = [mean([...numerator]), mean([...denominator])];
  const value = over / under;
  const relative = (times: readonly number[], of: number) => sampleStandardDeviation([...times]) / of;
  return { value, deviation: value * Math.hypot(relative(numerator, over), relative(denominator, under)) };
}
