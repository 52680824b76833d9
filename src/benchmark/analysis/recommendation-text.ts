import { MIN_SAMPLES_FOR_INTERVAL, ratioInterval } from '../statistics/bootstrap.js';
import { sweepText } from '../sweep.js';
import { WARNINGS } from '../warning.js';
import { type BenchmarkCell, inFlightText } from './cell-summary.js';
import { crossovers } from './crossover.js';
import { costsMore, type Decision, hasInterval, startedWorkers } from './decision.js';
import {
  count,
  figure,
  interval,
  list,
  mebibytes,
  milliseconds,
  noisePercent,
  percent,
  times,
} from './format-numbers.js';

/** Event-loop delay in ms that clients of a server on the same loop notice. */
export const NOTICEABLE_DELAY_MS = 50;

export interface ReasonContext {
  /** Cells of the recommended work, SYNC as one cell. */
  ofWork: readonly BenchmarkCell[];
  /** The same for every engine. */
  candidates: readonly BenchmarkCell[];
  /** Every valid cell. */
  all: readonly BenchmarkCell[];
  baselines: readonly BenchmarkCell[];
  noise: number | null;
  processors: number;
}

/** Writes the reason of a recommendation; the first sentence is the recommendation. */
export function reasonText(decision: Decision, context: ReasonContext): string {
  const { chosen } = decision;
  return [
    answer(decision, context.ofWork.length),
    figures(chosen),
    costs(decision),
    eventLoop(chosen, context.ofWork),
    slowerEngine(decision.fastest, context.candidates),
    ...crossovers(context.all, context.baselines),
    oversubscribed(chosen, context.processors),
    noiseText(context.noise),
    doubtText(decision),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function answer(
  { outcome, chosen, alternatives, repetitionsNeeded, margin }: Decision,
  combinations: number,
): string {
  const at = chosen.sweep ? `At ${sweepText(chosen.sweep)}: ` : '';
  const name = inFlightText(chosen);
  switch (outcome) {
    case 'WIN':
      if (combinations === 1)
        return `${at}No other model to compare with: ${name} is the only combination that was measured.`;
      return chosen.model === 'SYNC'
        ? `${at}Take SYNC: nothing is faster.`
        : `${at}Take ${name}: every other combination is slower.`;
    case 'TIE':
      return `${at}Take ${name}: ${names(alternatives)} ${alternatives.length === 1 ? 'is' : 'are'} as fast within ${percent(margin - 1)}, and ${costText(chosen, alternatives)}.`;
    case 'UNDECIDED':
      return `Not decided${chosen.sweep ? ` at ${sweepText(chosen.sweep)}` : ''}: ${undecided(chosen, alternatives)}. ${remedy(repetitionsNeeded)}`;
    default:
      return outcome satisfies never;
  }
}

function costText(chosen: BenchmarkCell, alternatives: readonly BenchmarkCell[]): string {
  const one = alternatives.length === 1;
  if (alternatives.every((cell) => costsMore(cell, chosen))) return one ? 'costs more' : 'cost more';
  return one ? 'costs as much' : 'none of them costs less';
}

function undecided(chosen: BenchmarkCell, alternatives: readonly BenchmarkCell[]): string {
  if (alternatives.length === 0) return 'there are too few samples';
  // Cells with fewer samples can have a shorter median than the chosen one.
  const isMixed = hasInterval(chosen) && !alternatives.every(hasInterval);
  const best = isMixed
    ? `result of those with at least ${MIN_SAMPLES_FOR_INTERVAL} samples`
    : 'measured result';
  return `${inFlightText(chosen)} has the best ${best}, but ${names(alternatives)} may be faster`;
}

const remedy = (repetitions: number | null): string =>
  repetitions === null
    ? 'Repeat on an idle machine: more samples would probably not decide it.'
    : `Repeat with ${repetitions} samples of each cell, or on an idle machine.`;

/** Names at most three cells. */
function names(cells: readonly BenchmarkCell[]): string {
  const shown = cells.slice(0, 3).map(inFlightText);
  return list(cells.length > 3 ? [...shown.slice(0, 2), `${cells.length - 2} other cells`] : shown);
}

function figures(cell: BenchmarkCell): string {
  const noun = cell.engine === null ? 'task' : 'image';
  const rate = `${milliseconds(cell.medianMs)} for ${count(cell.imageCount, noun)} (${figure(cell.imagesPerSecond)} a second)`;
  if (cell.model === 'SYNC') return `SYNC took ${rate}.`;
  if (cell.speedup === null) return `${inFlightText(cell)} took ${rate}; SYNC was not measured.`;
  if (!cell.speedupInterval) return `${inFlightText(cell)} took ${rate}.`;
  return `${inFlightText(cell)} took ${rate}: ${times(cell.speedup)} the speed of SYNC (95 % interval ${interval(cell.speedupInterval, times)}).`;
}

function costs({ outcome, chosen, fastest, alternatives }: Decision): string {
  if (outcome !== 'TIE') return '';
  const [other] = chosen === fastest ? alternatives : [fastest];
  if (!other) return '';
  const [workers, otherWorkers] = [startedWorkers(chosen), startedWorkers(other)];
  const started =
    workers === otherWorkers ? '' : `Started workers: ${workers}, compared with ${otherWorkers}. `;
  return `${started}Peak memory: ${mebibytes(chosen.peakRssBytes)}, compared with ${mebibytes(other.peakRssBytes)} for ${inFlightText(other)}.`;
}

function eventLoop(chosen: BenchmarkCell, cells: readonly BenchmarkCell[]): string {
  const delay = milliseconds(chosen.eventLoopDelayP99Ms);
  if (chosen.eventLoopDelayP99Ms > NOTICEABLE_DELAY_MS) {
    const calmer = cells
      .filter(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms <= NOTICEABLE_DELAY_MS)
      .toSorted((a, b) => a.medianMs - b.medianMs)[0];
    const instead = calmer
      ? ` For a server on that event loop, take ${inFlightText(calmer)}: ${milliseconds(calmer.eventLoopDelayP99Ms)} delay, ${milliseconds(calmer.medianMs)} for the batch.`
      : '';
    return `It delays the event loop by ${delay} (p99).${instead}`;
  }
  const sync = cells.find(({ model }) => model === 'SYNC');
  const compared =
    sync && chosen.model !== 'SYNC'
      ? `, compared with ${milliseconds(sync.eventLoopDelayP99Ms)} for SYNC`
      : '';
  return `It delays the event loop by ${delay} (p99)${compared}.`;
}

function slowerEngine(fastest: BenchmarkCell, candidates: readonly BenchmarkCell[]): string {
  const others = candidates.filter(({ engine }) => engine !== fastest.engine);
  const best = others.toSorted((a, b) => a.perImageMs - b.perImageMs)[0];
  const ratio = best && ratioInterval(eachImage(best), eachImage(fastest));
  return best && ratio
    ? `${best.engine} took ${times(best.perImageMs / fastest.perImageMs)} the time of ${fastest.engine} for each image (95 % interval ${interval(ratio, times)}), each with its fastest model.`
    : '';
}

const eachImage = ({ samplesMs, imageCount }: BenchmarkCell): number[] =>
  samplesMs.map((ms) => ms / imageCount);

function oversubscribed(cell: BenchmarkCell, processors: number): string {
  if (!cell.warnings.includes('OVERSUBSCRIBED')) return '';
  return `This is more ${cell.model === 'ASYNC' ? 'in flight' : 'workers'} than the ${count(processors, 'processor')} of this machine, so the result may differ on a busier one.`;
}

const noiseText = (noise: number | null): string =>
  noise !== null && noise > 0.05 ? `The noise floor of this machine is ${noisePercent(noise)}.` : '';

/** Where nothing was decided, the answer says what to do about it; then the warnings are named alone. */
function doubtText({ outcome, chosen }: Decision): string {
  return chosen.warnings
    .filter((warning) => warning !== 'OVERSUBSCRIBED')
    .map((warning) => {
      const { meaning, advice } = WARNINGS[warning];
      return `${warning}: ${meaning}${outcome === 'UNDECIDED' ? '' : ` ${advice}`}`;
    })
    .join(' ');
}
