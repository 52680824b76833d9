import type { ImageEngineName } from '../../src/imaging/engine-name.js';
import type { ImageInput } from './image-inputs.js';

export const ENGINES: readonly ImageEngineName[] = ['JIMP', 'SHARP'];
/** Checks of each file: its header only, or an engine. */
export type Question = 'INSPECT' | ImageEngineName;
const QUESTIONS: readonly Question[] = ['INSPECT', ...ENGINES];

/** A file that failed a check. */
export interface Finding extends ImageInput {
  engine: Question;
  why: string;
}

export interface LostHost {
  why: string;
  /** Files in flight when it happened; one of them caused it. */
  inFlight: ImageInput[];
}

export interface CampaignReport {
  /** Number of files by origin. */
  inputs: Map<ImageInput['kind'], number>;
  /** Number of answers by check and outcome. */
  outcomes: Map<`${Question} ${string}`, number>;
  findings: Finding[];
  hostsLost: LostHost[];
  /** Peak resident memory of a host in MiB; 0 if the system does not report it. */
  peakMb: number;
  slowestMs: number;
}

export function emptyReport(): CampaignReport {
  return { inputs: new Map(), outcomes: new Map(), findings: [], hostsLost: [], peakMb: 0, slowestMs: 0 };
}

/** Counts one more. */
export function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** How many files of each kind, and how many answers of each code from each engine. */
export function printReport(report: CampaignReport): void {
  const { inputs, outcomes, hostsLost, slowestMs, peakMb } = report;
  console.table(Object.fromEntries([...inputs].map(([kind, files]) => [kind, { files }])));
  const codes = new Set([...outcomes.keys()].map((key) => key.slice(key.indexOf(' ') + 1)));
  const rows = [...codes].sort().map((code) => {
    const counts = QUESTIONS.map((question) => [question, outcomes.get(`${question} ${code}`) ?? 0]);
    return [code, Object.fromEntries(counts)];
  });
  console.table(Object.fromEntries(rows));
  console.log(`slowest answer ${slowestMs.toFixed(0)} ms; a host had ${peakMb} MiB at most`);
  console.log(`hosts lost: ${hostsLost.length} ${hostsLost.map(({ why }) => why).join(' ')}`);
}
