import type { Size } from '../../../src/imaging/geometry.js';
import { Icon } from '../../ui/icon.js';
import { applies } from '../pipeline/companions.model.js';
import { factsOf, KINDS, wordsOf } from '../pipeline/operations.model.js';
import type { Pipeline, PipelineEvent, Step } from '../pipeline/pipeline.model.js';
import { type Place, sizesAlong } from '../pipeline/place.model.js';
import { isWaiting, startingParams } from '../pipeline/starting-params.model.js';
import { ParameterField } from './parameter-field.js';
import styles from './step-list.module.css';

interface StepListProps {
  pipeline: Pipeline;
  /** Of the image before the first step, in pixels. */
  size: Size;
  /** Where the next step is added. */
  place: Place;
  /** Steps that a pipeline has at most. */
  maxSteps: number;
  change(event: PipelineEvent): void;
}

/** The steps of the pipeline in their order, and what can be added. */
export function StepList({ pipeline: { steps }, size, place, maxSteps, change }: StepListProps) {
  const sizes = sizesAlong(size, steps);
  return (
    <>
      <ol class={styles.steps} aria-label="Steps of the pipeline">
        {steps.map((step, index) => (
          <StepCard
            key={step.id}
            step={step}
            size={sizes[index] ?? size}
            change={change}
            last={index === steps.length - 1}
            first={index === 0}
          />
        ))}
      </ol>
      <fieldset class={styles.add} disabled={steps.length >= maxSteps}>
        <legend>{legendOf(steps.length, maxSteps)}</legend>
        {KINDS.map((kind) => (
          <button
            key={kind}
            type="button"
            disabled={isWaiting(kind, place)}
            title={isWaiting(kind, place) ? 'Waits for the size after the trim.' : factsOf(kind).summary}
            onClick={() => change({ type: 'ADDED', kind, params: startingParams(kind, place) })}
          >
            {wordsOf(kind)}
          </button>
        ))}
      </fieldset>
    </>
  );
}

function legendOf(count: number, max: number): string {
  if (count >= max) return `A pipeline has at most ${max} operations.`;
  return count === 0 ? 'Choose an operation. Its result shows at once.' : 'Add an operation';
}

interface StepCardProps {
  step: Step;
  /** Of the image at this step. */
  size: Size;
  first: boolean;
  last: boolean;
  change(event: PipelineEvent): void;
}

function StepCard({ step: { id, kind, params }, size, first, last, change }: StepCardProps) {
  const name = wordsOf(kind);
  const all = Object.entries(factsOf(kind).parameters);
  const parameters = all.filter(([parameter]) => applies(kind, parameter, params));
  return (
    <li class={styles.step}>
      <div class={styles.head}>
        <h3>{name}</h3>
        <button
          type="button"
          disabled={first}
          aria-label={`Move ${name} up`}
          onClick={() => change({ type: 'MOVED', id, by: -1 })}
        >
          <Icon name="UP" />
        </button>
        <button
          type="button"
          disabled={last}
          aria-label={`Move ${name} down`}
          onClick={() => change({ type: 'MOVED', id, by: 1 })}
        >
          <Icon name="DOWN" />
        </button>
        <button type="button" aria-label={`Remove ${name}`} onClick={() => change({ type: 'REMOVED', id })}>
          <Icon name="CLOSE" />
        </button>
      </div>
      {parameters.length === 0 && <p class={styles.summary}>{factsOf(kind).summary}</p>}
      {parameters.map(([parameter, field]) => (
        <ParameterField
          key={parameter}
          kind={kind}
          name={parameter}
          field={field}
          value={params[parameter]}
          size={size}
          onChange={(value) => change({ type: 'CHANGED', id, name: parameter, value })}
        />
      ))}
    </li>
  );
}
