import type { Workload } from '../../../execution/model.js';
import type { Operation } from '../../../imaging/operation.js';
import { cellKey } from '../../cell.js';
import { type BenchmarkEnvironment, UNKNOWN_PROCESSOR } from '../../machine-facts.js';
import type { BenchmarkSample } from '../../sample.js';
import { expectedDigests, voidCells } from '../cell-warnings.js';
import { count, mebibytes } from '../format-numbers.js';
import { type MeasuredTimes, separateTimes } from './measured-times.js';

/** The properties of a benchmark that must be equal for its times to be comparable. */
export interface ComparedWork extends MeasuredTimes {
  name: string;
  workload: Workload;
  /** Name of the task module; null for other work. */
  task?: string | null;
  operations: readonly Operation[];
  /** Null for work without images. */
  images: { count: number; generated: boolean } | null;
  /** Null before the first start. */
  environment: BenchmarkEnvironment | null;
  samples: readonly BenchmarkSample[];
}

/** Memory sizes within 2 % count as the same machine, because the share that the kernel reserves varies. */
const MEMORY_TOLERANCE = 0.02;

/** Lists the differences between the machines or the work, which make ratios less comparable. */
export function describeDifferences(baseline: ComparedWork, candidates: readonly ComparedWork[]): string[] {
  return candidates.flatMap((candidate) => {
    const differences = [
      ...machineDifferences(baseline.environment, candidate.environment),
      ...unknownFacts(baseline.environment, candidate.environment),
      ...workDifferences(baseline, candidate),
      ...cellDifferences(baseline, candidate),
      // Another machine has a drift of its own.
      ...(hardwareDifferences(baseline.environment, candidate.environment).length > 0
        ? []
        : separateTimes(baseline, candidate)),
    ];
    return differences.map((text) => (candidates.length > 1 ? `${candidate.name}: ${text}` : text));
  });
}

/** Lists the differences between two machines; empty if their samples can be compared. Ignores the load average. */
export function machineDifferences(
  before: BenchmarkEnvironment | null,
  after: BenchmarkEnvironment | null,
): string[] {
  if (!before || !after) return ['the machine of one side is unknown'];
  return [
    ...hardwareDifferences(before, after),
    ...unlike('system', before.os, after.os),
    ...versionDifferences(before, after),
    ...unlikeIfKnown('governor', before.governor, after.governor),
    ...unlikeIfKnown('cores', before.cores, after.cores),
  ];
}

/** Programs in other languages have no version of Node: the runtimes are named instead. */
function versionDifferences(before: BenchmarkEnvironment, after: BenchmarkEnvironment): string[] {
  if ((before.nodeVersion === '') !== (after.nodeVersion === '')) {
    return unlike('runtime', runtimeOf(before), runtimeOf(after));
  }
  return [
    ...unlike('Node', before.nodeVersion, after.nodeVersion),
    ...unlike('V8', before.v8Version, after.v8Version),
    ...unlike('nogil-bench', before.appVersion, after.appVersion),
  ];
}

const runtimeOf = ({ runtime, nodeVersion }: BenchmarkEnvironment): string =>
  runtime ?? `Node ${nodeVersion}`;

/** Lists the differences between the hardware of two machines; ignores versions of the system and of Node. */
export function hardwareDifferences(
  before: BenchmarkEnvironment | null,
  after: BenchmarkEnvironment | null,
): string[] {
  if (!before || !after) return ['the machine of one side is unknown'];
  const sameMemory = Math.abs(after.totalMemoryBytes / before.totalMemoryBytes - 1) <= MEMORY_TOLERANCE;
  return [
    ...unlike('processor', before.cpuModel, after.cpuModel),
    ...unlike('usable processors', before.availableParallelism, after.availableParallelism),
    ...(sameMemory
      ? []
      : unlike('memory', mebibytes(before.totalMemoryBytes), mebibytes(after.totalMemoryBytes))),
    ...(before.cpuQuota === undefined || after.cpuQuota === undefined
      ? []
      : unlike('CPU quota', before.cpuQuota ?? 'none', after.cpuQuota ?? 'none')),
  ];
}

/** Lists what one side, or the system of both, does not state: it may differ. */
function unknownFacts(before: BenchmarkEnvironment | null, after: BenchmarkEnvironment | null): string[] {
  if (!before || !after) return [];
  const unnamed = before.cpuModel === UNKNOWN_PROCESSOR && after.cpuModel === UNKNOWN_PROCESSOR;
  return [
    ...(unnamed ? ['the processors may differ: the system names neither of them'] : []),
    ...knownOnOneSide('governor', before.governor, after.governor),
    ...knownOnOneSide('cores', before.cores, after.cores),
    ...quotaKnownOnOneSide(before.cpuQuota, after.cpuQuota),
  ];
}

function knownOnOneSide(
  what: string,
  before: string | null | undefined,
  after: string | null | undefined,
): string[] {
  if (isKnown(before) === isKnown(after)) return [];
  const text = (value: string | null | undefined) => (isKnown(value) ? value : 'not known');
  return [`${what}: ${text(before)} in the baseline, ${text(after)} now`];
}

/** Null is no quota; environments stored by version 0.1 do not say whether there was one. */
function quotaKnownOnOneSide(before: number | null | undefined, after: number | null | undefined): string[] {
  if ((before === undefined) === (after === undefined)) return [];
  const text = (quota: number | null | undefined) => (quota === undefined ? 'not known' : (quota ?? 'none'));
  return [`CPU quota: ${text(before)} in the baseline, ${text(after)} now`];
}

/** Lists the differences between the work of two benchmarks. */
export function workDifferences(before: ComparedWork, after: ComparedWork): string[] {
  const operations = ({ operations }: ComparedWork) =>
    operations
      .map(({ kind, params }) => `${kind} ${JSON.stringify(params, Object.keys(params).sort())}`)
      .join(', ') || 'none';
  return [
    ...unlike('workload', before.workload, after.workload),
    ...unlike('task', before.task ?? 'none', after.task ?? 'none'),
    ...unlike('operations', operations(before), operations(after)),
    ...unlike('images', imagesInWords(before), imagesInWords(after)),
  ];
}

function imagesInWords({ images }: ComparedWork): string {
  return images ? `${images.count} ${images.generated ? 'generated' : 'uploaded'}` : 'none';
}

function cellDifferences(before: ComparedWork, after: ComparedWork): string[] {
  const cells = (work: ComparedWork) => new Set(work.samples.map(cellKey));
  const [earlier, later] = [cells(before), cells(after)];
  const missing = [...earlier].filter((key) => !later.has(key)).length;
  const added = [...later].filter((key) => !earlier.has(key)).length;
  // Other programs write other bytes for the same work.
  const sameProgram = (before.environment?.nodeVersion === '') === (after.environment?.nodeVersion === '');
  const digests = sameProgram ? expectedDigests(after.samples) : new Map<string, string>();
  const otherBytes = [...expectedDigests(before.samples)].filter(
    ([work, digest]) => digests.has(work) && digests.get(work) !== digest,
  );
  return [
    ...(missing > 0 ? [`${count(missing, 'cell')} only in the baseline`] : []),
    ...(added > 0 ? [`${count(added, 'cell')} only in this benchmark`] : []),
    ...voidSentence('the baseline', before),
    ...voidSentence('this benchmark', after),
    ...(otherBytes.length > 0
      ? [`the results of the same work have other bytes: ${otherBytes.map(([work]) => work).join(', ')}`]
      : []),
  ];
}

/** The row of a void cell is INCONCLUSIVE. */
function voidSentence(where: string, { samples }: ComparedWork): string[] {
  const keys = [...voidCells(samples)];
  return keys.length > 0
    ? [
        `${count(keys.length, 'cell')} of ${where} ${keys.length === 1 ? 'is' : 'are'} void (OUTPUT_MISMATCH): ${keys.join(', ')}`,
      ]
    : [];
}

/** A property that is unknown on one side is not a difference. */
const unlikeIfKnown = (
  what: string,
  before: string | null | undefined,
  after: string | null | undefined,
): string[] => (isKnown(before) && isKnown(after) ? unlike(what, before, after) : []);

/** Files of other programs can say `unknown` instead of nothing. */
const isKnown = (value: string | null | undefined): value is string =>
  Boolean(value) && value?.toLowerCase() !== UNKNOWN_PROCESSOR;

const unlike = (what: string, before: string | number, after: string | number): string[] =>
  before === after ? [] : [`${what}: ${before} in the baseline, ${after} now`];
