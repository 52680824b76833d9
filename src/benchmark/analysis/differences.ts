import type { Workload } from '../../execution/model.js';
import type { Operation } from '../../imaging/operation.js';
import { cellKey } from '../cell.js';
import type { BenchmarkEnvironment } from '../environment.js';
import type { BenchmarkSample } from '../sample.js';
import { count, mebibytes } from './format-numbers.js';
import { expectedDigests, voidCells } from './warnings.js';

/** What of a benchmark has to be the same before its times may be compared. */
export interface ComparedWork {
  name: string;
  workload: Workload;
  operations: readonly Operation[];
  /** Null where no image was touched. */
  images: { count: number; generated: boolean } | null;
  /** Null while it has not begun. */
  environment: BenchmarkEnvironment | null;
  samples: readonly BenchmarkSample[];
}

/** Memory within 2 % is the same machine; the kernel takes a little more or less of it. */
const MEMORY_TOLERANCE = 0.02;

/** What differs between the machines or the work, so that ratios must be read with care. */
export function describeDifferences(baseline: ComparedWork, candidates: readonly ComparedWork[]): string[] {
  return candidates.flatMap((candidate) => {
    const differences = [
      ...machineDifferences(baseline.environment, candidate.environment),
      ...workDifferences(baseline, candidate),
      ...cellDifferences(baseline, candidate),
    ];
    return differences.map((text) => (candidates.length > 1 ? `${candidate.name}: ${text}` : text));
  });
}

/** None where samples of both may stand beside each other; the load is another at every look. */
export function machineDifferences(
  before: BenchmarkEnvironment | null,
  after: BenchmarkEnvironment | null,
): string[] {
  if (!before || !after) return ['the machine is not known of both'];
  const sameMemory = Math.abs(after.totalMemoryBytes / before.totalMemoryBytes - 1) <= MEMORY_TOLERANCE;
  return [
    ...unlike('processor', before.cpuModel, after.cpuModel),
    ...unlike('processors that could be used', before.availableParallelism, after.availableParallelism),
    ...(sameMemory
      ? []
      : unlike('memory', mebibytes(before.totalMemoryBytes), mebibytes(after.totalMemoryBytes))),
    ...unlike('system', before.os, after.os),
    ...unlike('Node', before.nodeVersion, after.nodeVersion),
    ...unlike('V8', before.v8Version, after.v8Version),
    ...unlike('nogil-bench', before.appVersion, after.appVersion),
  ];
}

function workDifferences(before: ComparedWork, after: ComparedWork): string[] {
  const operations = ({ operations }: ComparedWork) =>
    operations
      .map(({ kind, params }) => `${kind} ${JSON.stringify(params, Object.keys(params).sort())}`)
      .join(', ') || 'none';
  return [
    ...unlike('workload', before.workload, after.workload),
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
  const digests = expectedDigests(after.samples);
  const otherBytes = [...expectedDigests(before.samples)].filter(
    ([work, digest]) => digests.has(work) && digests.get(work) !== digest,
  );
  return [
    ...(missing > 0 ? [`${count(missing, 'cell')} in the baseline alone`] : []),
    ...(added > 0 ? [`${count(added, 'cell')} in this one alone`] : []),
    ...voidSentence('the baseline', before),
    ...voidSentence('this one', after),
    ...(otherBytes.length > 0
      ? [`the same work gave other bytes: ${otherBytes.map(([work]) => work).join(', ')}`]
      : []),
  ];
}

/** Such a cell proves nothing, so that its row is INCONCLUSIVE. */
function voidSentence(where: string, { samples }: ComparedWork): string[] {
  const keys = [...voidCells(samples)];
  return keys.length > 0
    ? [`${count(keys.length, 'cell')} of ${where} gave other bytes than the other models: ${keys.join(', ')}`]
    : [];
}

const unlike = (what: string, before: string | number, after: string | number): string[] =>
  before === after ? [] : [`${what}: ${before} in the baseline, ${after} now`];
