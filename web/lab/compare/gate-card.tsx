import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { BenchmarkRecord } from '../../../src/benchmark/export/report.js';
import { compareWithBaseline } from '../../../src/benchmark/gate/gate.js';
import { gateCommand } from '../../../src/benchmark/gate/gate-command.js';
import { GATE_EXIT, type GateOutcome } from '../../../src/benchmark/gate/gate-outcome.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { useLoad } from '../../ui/use-load.js';
import { RunReportDocument } from '../generated/graphql.js';
import styles from './compare-page.module.css';
import type { NamedRun } from './comparison.model.js';

const OUTCOMES: Readonly<Record<GateOutcome, string>> = {
  ACCEPTED: 'CI would pass',
  REGRESSION: 'CI would fail: a regression',
  NOT_COMPARABLE: 'CI would stop: not comparable',
};

/** The gate as `nogil-bench compare` decides it in CI, computed here by the same functions from the same reports. */
export function GateCard({ baseline, candidate }: { baseline: NamedRun; candidate: NamedRun }) {
  const percent = useSignal('10');
  const allowOtherMachine = useSignal(false);
  const {
    value: reports,
    problem,
    again,
  } = useLoad(
    () => Promise.all([recordOf(baseline.id), recordOf(candidate.id)]),
    [baseline.id, candidate.id],
  );
  const options = {
    maxRegression: Math.max(0, Number(percent.value) || 0) / 100,
    allowOtherMachine: allowOtherMachine.value,
  };
  const decided = useMemo(
    () => reports.value && compareWithBaseline(...reports.value, options),
    [reports.value, options.maxRegression, options.allowOtherMachine],
  );
  return (
    <div class={styles.gate}>
      <h3>The gate</h3>
      <div class={styles.options}>
        <label>
          Accept cells that are slower by up to
          <input
            class={styles.percent}
            type="number"
            min={0}
            max={1000}
            step="any"
            value={percent.value}
            onInput={({ currentTarget }) => {
              percent.value = currentTarget.value;
            }}
          />
          %
        </label>
        <label>
          <input
            type="checkbox"
            checked={allowOtherMachine.value}
            onChange={({ currentTarget }) => {
              allowOtherMachine.value = currentTarget.checked;
            }}
          />
          Allow another machine: compare times relative to SYNC
        </label>
      </div>
      <Problem text={problem.value} again={again.value} />
      {decided && (
        <>
          <div class={styles.outcome} role="status">
            <span class={styles.chip} data-outcome={decided.outcome}>
              {OUTCOMES[decided.outcome]}
            </span>
            <span>exit code {GATE_EXIT[decided.outcome]}</span>
          </div>
          <p>{decided.lines.at(-1)}</p>
          <code class={styles.command}>{gateCommand(options)}</code>
          <details>
            <summary>What the command prints</summary>
            <pre class={styles.lines}>{decided.lines.join('\n')}</pre>
          </details>
        </>
      )}
    </div>
  );
}

/** The run as its JSON report, which the command reads too. @throws AppError */
async function recordOf(id: string): Promise<BenchmarkRecord> {
  const { benchmark } = await ask(RunReportDocument, { id, format: 'JSON' });
  return JSON.parse(benchmark.report) as BenchmarkRecord;
}
