/** The pipeline of the editor, as a pure fold over what the user does to it. */
import type { OperationInput, OperationKind } from '../../api/generated/graphql.js';
import { completed } from './companions.model.js';
import { allowed, factsOf, isKind, type Params, type Value } from './operations.model.js';

export interface Step {
  id: number;
  kind: OperationKind;
  params: Params;
}

export interface Pipeline {
  steps: readonly Step[];
  lastId: number;
}

export type PipelineEvent =
  | { type: 'ADDED'; kind: OperationKind; params: Params }
  | { type: 'REMOVED'; id: number }
  /** Moves a step towards the start (-1) or the end (1). */
  | { type: 'MOVED'; id: number; by: -1 | 1 }
  /** `value` undefined: the parameter is absent. */
  | { type: 'CHANGED'; id: number; name: string; value: Value | undefined }
  | { type: 'REPLACED'; operations: readonly StoredOperation[] };

/** An operation as the API returns it. */
interface StoredOperation {
  kind: OperationKind;
  params: Readonly<Record<string, unknown>>;
}

export const EMPTY_PIPELINE: Pipeline = { steps: [], lastId: 0 };

/** Applies an event. Events about steps that do not exist change nothing. */
export function reducePipeline(pipeline: Pipeline, event: PipelineEvent): Pipeline {
  const { steps, lastId } = pipeline;
  switch (event.type) {
    case 'ADDED': {
      const step = { id: lastId + 1, kind: event.kind, params: event.params };
      return { steps: insert(steps, step), lastId: step.id };
    }
    case 'REMOVED':
      return { ...pipeline, steps: steps.filter(({ id }) => id !== event.id) };
    case 'MOVED':
      return { ...pipeline, steps: move(steps, event.id, event.by) };
    case 'CHANGED':
      return {
        ...pipeline,
        steps: steps.map((step) => (step.id === event.id ? changed(step, event.name, event.value) : step)),
      };
    case 'REPLACED':
      return {
        steps: event.operations.map(({ kind, params }, index) => ({
          id: lastId + 1 + index,
          kind,
          params: params as Params,
        })),
        lastId: lastId + event.operations.length,
      };
    default:
      return event satisfies never;
  }
}

/** The steps as the API takes them. */
export function toInputs(steps: readonly Pick<Step, 'kind' | 'params'>[]): OperationInput[] {
  return steps.map(({ kind, params }) => {
    const { field } = factsOf(kind);
    return { [field]: kind === 'GRAYSCALE' ? true : params } as unknown as OperationInput;
  });
}

/** The steps as text for an address; empty for none. */
export function pipelineToText(steps: readonly Step[]): string {
  if (steps.length === 0) return '';
  return JSON.stringify(steps.map(({ kind, params }) => ({ kind, params })));
}

/** The operations of such a text; what is malformed or unknown is dropped. */
export function pipelineFromText(text: string): Pick<Step, 'kind' | 'params'>[] {
  const list = parse(text);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const { kind, params } = (entry ?? {}) as { kind?: unknown; params?: unknown };
    if (!isKind(kind) || typeof params !== 'object' || params === null) return [];
    const known = Object.entries(factsOf(kind).parameters).flatMap(([name, field]) => {
      const value = Object.hasOwn(params, name)
        ? allowed(field, (params as Params)[name], field.initial)
        : field.initial;
      return value === undefined ? [] : [[name, value] as const];
    });
    return [{ kind, params: Object.fromEntries(known) }];
  });
}

/** A conversion stays last: what follows it would run on a format that loses quality. */
function insert(steps: readonly Step[], step: Step): Step[] {
  const last = steps.at(-1);
  if (last?.kind !== 'CONVERT' || step.kind === 'CONVERT') return [...steps, step];
  return [...steps.slice(0, -1), step, last];
}

function move(steps: readonly Step[], id: number, by: -1 | 1): readonly Step[] {
  const from = steps.findIndex((step) => step.id === id);
  const to = from + by;
  const [step, other] = [steps[from], steps[to]];
  if (!step || !other) return steps;
  return steps.map((each, index) => (index === from ? other : index === to ? step : each));
}

function changed(step: Step, name: string, value: Value | undefined): Step {
  const { parameters } = factsOf(step.kind);
  const field = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (!field) return step;
  const { [name]: before, ...rest } = step.params;
  const next = allowed(field, value, before);
  const params = next === undefined ? rest : { ...step.params, [name]: next };
  return { ...step, params: completed(step.kind, params, name, step.params) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
