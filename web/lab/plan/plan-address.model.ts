import { SWEEP_AXES } from '../../../src/benchmark/sweep.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { type PlanDraft, WORKLOAD_OF, type Work } from './plan.model.js';

/** Fields of a plan that the user types. */
const TEXTS = [
  'task',
  'imageCounts',
  'workerCounts',
  'repetitions',
  'untilPercent',
  'maxSeconds',
  'sweepValues',
  'name',
] as const satisfies readonly (keyof PlanDraft)[];

/** Writes settings of a plan as parameters of an address, so that a link opens the form with them. */
export function writePlanAddress(plan: Partial<PlanDraft>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(plan)) {
    query.set(name, Array.isArray(value) ? value.join('.') : String(value));
  }
  const text = query.toString();
  return text && `?${text}`;
}

/** Reads the settings of an address; unknown names and values are ignored. */
export function readPlanAddress(query: Readonly<Record<string, string>>): Partial<PlanDraft> {
  const { work, models, engines, sweepAxis } = query;
  const axes = ['NONE', ...SWEEP_AXES] as const;
  return {
    ...known(
      'work',
      (Object.keys(WORKLOAD_OF) as Work[]).find((each) => each === work),
    ),
    ...known('models', listed(CONCURRENCY_MODELS, models)),
    ...known('engines', listed(IMAGE_ENGINES, engines)),
    ...known(
      'sweepAxis',
      axes.find((each) => each === sweepAxis),
    ),
    ...Object.assign({}, ...TEXTS.map((name) => known(name, query[name]))),
  };
}

/** The settings of a plan that are not those of another one. */
export function differingSettings(plan: PlanDraft, other: PlanDraft): Partial<PlanDraft> {
  const names = Object.keys(plan) as (keyof PlanDraft)[];
  const differing = names.filter((name) => textOf(plan[name]) !== textOf(other[name]));
  return Object.fromEntries(differing.map((name) => [name, plan[name]]));
}

/** The order of a list means nothing. */
const textOf = (value: PlanDraft[keyof PlanDraft]): string =>
  typeof value === 'string' ? value : value.toSorted().join();

function known<Name extends keyof PlanDraft>(
  name: Name,
  value: PlanDraft[Name] | undefined,
): Partial<PlanDraft> {
  return value === undefined ? {} : { [name]: value };
}

/** The members of a list that a parameter names; undefined without the parameter. */
function listed<Member extends string>(
  members: readonly Member[],
  text: string | undefined,
): readonly Member[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split('.');
  return members.filter((member) => names.includes(member));
}
