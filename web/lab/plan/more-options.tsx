import { LONGEST_LIMIT_S } from '../../../src/benchmark/plan-input.js';
import { AXES, type SweepAxis } from '../../../src/benchmark/sweep.js';
import { axesOf, type PlanDraft } from './plan.model.js';
import type { Change } from './plan-form.js';
import styles from './plan-form.module.css';

/** Values that show an axis well, until the user writes others. */
const EXAMPLES: Readonly<Record<SweepAxis, string>> = {
  LOCK_SHARE: '0, 0.25, 0.5, 0.75, 1',
  PAYLOAD_BYTES: '0, 65536, 1048576, 8388608',
  WAIT_SHARE: '0, 0.5, 0.9',
  IMAGE_EDGE: '256, 512, 1024, 2048',
  CHUNK_SIZE: '1, 2, 5, 10',
};

/** Samples, sweep and name. */
export function MoreOptions({ draft, change }: { draft: PlanDraft; change: Change }) {
  return (
    <>
      <label>
        Samples of each cell
        <input
          name="repetitions"
          type="number"
          min={1}
          max={50}
          value={draft.repetitions}
          onInput={({ currentTarget }) => change({ repetitions: currentTarget.value })}
        />
      </label>
      <label>
        Widest 95 % interval, % of the median
        <input
          name="until"
          type="number"
          min={0.1}
          max={100}
          step="any"
          placeholder="off"
          value={draft.untilPercent}
          onInput={({ currentTarget }) => change({ untilPercent: currentTarget.value })}
        />
      </label>
      <label>
        Seconds at most
        <input
          name="seconds"
          type="number"
          min={1}
          max={LONGEST_LIMIT_S}
          placeholder="no limit"
          value={draft.maxSeconds}
          onInput={({ currentTarget }) => change({ maxSeconds: currentTarget.value })}
        />
      </label>
      <label>
        Sweep
        <select
          name="axis"
          value={draft.sweepAxis}
          onChange={({ currentTarget }) => {
            const sweepAxis = currentTarget.value as PlanDraft['sweepAxis'];
            change({ sweepAxis, sweepValues: sweepAxis === 'NONE' ? '' : EXAMPLES[sweepAxis] });
          }}
        >
          <option value="NONE">none: the work stays the same</option>
          {axesOf(draft.work).map((axis) => (
            <option key={axis} value={axis}>
              {AXES[axis].title}
            </option>
          ))}
        </select>
      </label>
      {draft.sweepAxis !== 'NONE' && (
        <label>
          Values of the sweep
          <input
            name="values"
            value={draft.sweepValues}
            onInput={({ currentTarget }) => change({ sweepValues: currentTarget.value })}
          />
          <span class={styles.hint}>{AXES[draft.sweepAxis].summary}</span>
        </label>
      )}
      <label>
        Name
        <input
          name="name"
          maxLength={255}
          placeholder="chosen by the server"
          value={draft.name}
          onInput={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      </label>
    </>
  );
}
