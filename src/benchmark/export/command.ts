import { STANDARD_PIPELINE } from '../../imaging/operation.js';
import { cellKey } from '../cell.js';
import { cellsOf } from '../plan.js';
import { BENCHMARK_PRESETS, PRESETS } from '../preset.js';
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
  ];
  return [...comments, `npm run bench -- ${options.join(' ')}`].join('\n');
}

function cellOptions({ cells, workload, processors, sweep }: BenchmarkReport): string[] {
  const measured = cells.map(cellKey).toSorted().join();
  const preset = BENCHMARK_PRESETS.find((name) => {
    const lists = { ...PRESETS[name](processors), ...(sweep && { sweep }) };
    return cellsOf(lists, workload).map(cellKey).toSorted().join() === measured;
  });
  if (preset) return [`--preset ${preset}`];
  const distinct = <T>(of: (cell: (typeof cells)[number]) => T) => [...new Set(cells.map(of))];
  const numbers = (of: (cell: (typeof cells)[number]) => number) => distinct(of).toSorted((a, b) => a - b);
  return [
    `--models ${distinct(({ model }) => model).join(',')}`,
    ...(workload === 'IMAGE' ? [`--engines ${distinct(({ engine }) => engine).join(',')}`] : []),
    `--images ${numbers(({ imageCount }) => imageCount).join(',')}`,
    `--workers ${numbers(({ workers }) => workers).join(',')}`,
  ];
}
