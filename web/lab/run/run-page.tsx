import { useMemo } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import { timeLimitText } from '../../../src/benchmark/analysis/time-limit.js';
import { isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { isMissing } from '../../api/error-facts.js';
import { errorText } from '../../api/error-text.js';
import { BASE_PATH } from '../../app/base-path.js';
import { Problem } from '../../ui/card.js';
import { formatTime } from '../../ui/format.js';
import { Page } from '../../ui/page.js';
import { LiveState } from '../../ui/status/live-state.js';
import { StatusChip } from '../../ui/status/status-chip.js';
import { useLoad } from '../../ui/use-load.js';
import type { RunFactsFragment } from '../generated/graphql.js';
import { ReportsSection } from '../result/reports-section.js';
import { ChartSections } from '../result/sections.js';
import { SweepSection } from '../result/sweep-section.js';
import { CellSection, EnvironmentSection, VerdictSection } from '../result/table-sections.js';
import { chipOf } from '../runs/run-status.model.js';
import { TrayBar } from '../runs/tray-bar.js';
import { useDebounced } from '../use-debounced.js';
import { AnswerCard } from './answer-card.js';
import { FailureCard } from './failure-card.js';
import { NowCard } from './now-card.js';
import { ranking } from './ranking.model.js';
import { cellsOf, type RunState } from './run.model.js';
import { RunActions } from './run-actions.js';
import styles from './run-page.module.css';
import { loadRunResult } from './run-result.js';
import type { RunView } from './run-view.model.js';
import { TrustCard } from './trust-card.js';
import { useRun } from './use-run.js';
import { useRunView } from './use-run-view.js';

/** One run: live while it is measured, then its result. */
export default function RunPage() {
  const { id = '' } = useRoute().params;
  return <Run key={id} id={id} />;
}

function Run({ id }: { id: string }) {
  const { state, facts, connected, error } = useRun(id);
  const ended = isBenchmarkEnded(state.value.status);
  const {
    value: result,
    problem,
    again,
  } = useLoad(async () => (ended ? loadRunResult(id) : undefined), [id, ended]);
  const view = useRunView({
    cells: useMemo(() => cellsOf(state.value), [state.value]),
    status: state.value.status,
    processors: facts.value?.environment?.availableParallelism ?? 1,
    ...(ended && result.value),
    // A problem takes the place of a result: the samples are shown without it.
    isComplete: ended && (result.value !== undefined || problem.value !== ''),
  });
  // Nothing can be done with a run that has been deleted while its page is open.
  const known = isMissing(error.value) ? undefined : facts.value;
  return (
    <Page
      title={known?.name ?? 'Run'}
      parent={{ label: 'All runs', href: `${BASE_PATH}/lab` }}
      subtitle={
        known && (
          <Subtitle
            state={state.value}
            facts={known}
            connected={error.value === undefined ? connected.value : undefined}
          />
        )
      }
      actions={known && <RunActions facts={known} status={state.value.status} cells={view.cells} />}
    >
      <Problem text={error.value ? errorText(error.value) : problem.value} again={again.value} />
      {known && <RunContent view={view} state={state.value} facts={known} />}
      <TrayBar />
    </Page>
  );
}

interface PartProps {
  state: RunState;
  facts: RunFactsFragment;
}

interface SubtitleProps extends PartProps {
  /** Undefined where the run is not followed any more. */
  connected: boolean | undefined;
}

function Subtitle({ state: { status }, facts, connected }: SubtitleProps) {
  const { environment, imported, createdAt } = facts;
  const machine = environment && [
    environment.cpuModel,
    `${environment.availableParallelism} processors`,
    environment.runtime,
  ];
  return (
    <span class={styles.subtitle}>
      <StatusChip status={chipOf(status)} />
      {imported && <span class={styles.imported}>Imported</span>}
      <span>{[...(machine ?? []), formatTime(createdAt)].join(' · ')}</span>
      {!isBenchmarkEnded(status) && connected !== undefined && <LiveState connected={connected} />}
    </span>
  );
}

function RunContent({ view, state, facts }: PartProps & { view: RunView }) {
  const ranked = useMemo(() => ranking(view), [view]);
  // The table is large: it changes in a task of its own, so that the page answers before it.
  const tabled = useDebounced(view, 0);
  return (
    <div class={styles.content}>
      <FailureCard facts={facts} cells={view.cells} />
      <div class={styles.columns}>
        <AnswerCard view={view} isRunning={!isBenchmarkEnded(state.status)} />
        <div class={styles.side}>
          <NowCard state={state} facts={facts} />
          <TrustCard view={view} models={ranked?.models ?? []} limit={timeLimitText(facts, state.status)} />
        </div>
      </div>
      {view.isComplete && (
        <>
          <SweepSection view={view} />
          <ChartSections view={view} />
          <VerdictSection view={view} />
        </>
      )}
      <CellSection view={tabled} facts={facts} />
      <EnvironmentSection facts={facts} />
      {view.isComplete && <ReportsSection runId={facts.id} />}
    </div>
  );
}
