import { STANDARD_PIPELINE } from '../../imaging/operation.js';
import { requestOf } from '../cell-request.js';
import type { SweepAxis } from '../sweep.js';
import type { BenchmarkReport } from './report.js';

/** Name of an axis for `--sweep`, such as `lockShare`. */
export const sweepOption = (axis: SweepAxis): string =>
  axis.toLowerCase().replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());

/** The command that measures the same cells again, with a comment for parts that it cannot repeat. */
export function reproduceCommand(report: BenchmarkReport): string {
  const { workload, task, repetitions, untilPercent, seed, sweep, images, operations } = report;
  const options = [
    ...cellOptions(report),
    ...(workload === 'FIBONACCI' ? ['--workload FIBONACCI'] : []),
    ...(workload === 'TASK' ? [`--task ${task ?? 'FILE'}`] : []),
    `--repetitions ${repetitions}`,
    ...(untilPercent ? [`--until ${untilPercent}%`] : []),
    ...(sweep ? [`--sweep ${sweepOption(sweep.axis)}=${sweep.values.join(',')}`] : []),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
  ];
  const standard = JSON.stringify(operations) === JSON.stringify(STANDARD_PIPELINE);
  const comments = [
    ...(images && !images.generated
      ? ['# measured with uploaded images; the command generates its own']
      : []),
    ...(workload === 'IMAGE' && !standard
      ? ['# measured with other operations than the standard pipeline']
      : []),
    ...(workload === 'TASK'
      ? ['# --task: the file of the module, or with --url its name on that server']
      : []),
  ];
  return [...comments, `npx nogil-bench bench ${options.join(' ')}`].join('\n');
}

function cellOptions(report: BenchmarkReport): string[] {
  const { preset, models, engines, imageCounts, workerCounts } = requestOf(report);
  return [
    ...(preset ? [`--preset ${preset}`] : []),
    ...(models ? [`--models ${models.join(',')}`] : []),
    ...(engines ? [`--engines ${engines.join(',')}`] : []),
    ...(imageCounts ? [`--images ${imageCounts.join(',')}`] : []),
    ...(workerCounts ? [`--workers ${workerCounts.join(',')}`] : []),
  ];
}
