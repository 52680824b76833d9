import { WORKLOAD_FACTS } from '../../../src/execution/model.js';
import { BASE_PATH } from '../../app/base-path.js';
import { chosenImages } from '../../session/chosen-images.js';
import { countOf } from '../../ui/format.js';
import { axesOf, type PlanDraft, WORKLOAD_OF, type Work } from './plan.model.js';
import type { Change } from './plan-form.js';
import styles from './plan-form.module.css';

const LABELS: Readonly<Record<Work, string>> = {
  GENERATED_IMAGES: 'Generated photos',
  OWN_IMAGES: 'My selected images',
  FIBONACCI: 'Fibonacci',
  TASK: 'A task of the server',
};

/** What the tasks do. */
export function WorkChoice({
  draft,
  change,
  tasks,
}: {
  draft: PlanDraft;
  change: Change;
  tasks: readonly string[];
}) {
  const choose = (work: Work) =>
    change({
      work,
      task: draft.task || (tasks[0] ?? ''),
      // An axis that the work does not have would be refused.
      ...(draft.sweepAxis !== 'NONE' && !axesOf(work).includes(draft.sweepAxis) && { sweepAxis: 'NONE' }),
    });
  const works = (Object.keys(LABELS) as Work[]).filter((work) => work !== 'TASK' || tasks.length > 0);
  return (
    <fieldset>
      <legend>Work</legend>
      {works.map((work) => (
        <label key={work} class={styles.check} title={WORKLOAD_FACTS[WORKLOAD_OF[work]].summary}>
          <input type="radio" name="work" checked={draft.work === work} onChange={() => choose(work)} />
          {LABELS[work]}
        </label>
      ))}
      {draft.work === 'TASK' && (
        <label>
          Task
          <select value={draft.task} onChange={({ currentTarget }) => change({ task: currentTarget.value })}>
            {tasks.map((task) => (
              <option key={task} value={task}>
                {task}
              </option>
            ))}
          </select>
        </label>
      )}
      {draft.work === 'OWN_IMAGES' && (
        <p class={styles.hint}>
          {countOf(chosenImages.value.size, 'image')} selected on the{' '}
          <a href={`${BASE_PATH}/images`}>images page</a>, used in turn.
        </p>
      )}
    </fieldset>
  );
}
