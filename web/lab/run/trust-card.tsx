import { milliseconds, noisePercent } from '../../../src/benchmark/analysis/format-numbers.js';
import { NOTICEABLE_DELAY_MS } from '../../../src/benchmark/analysis/recommendation-text.js';
import { BENCHMARK_WARNINGS, WARNINGS } from '../../../src/benchmark/warning.js';
import { countOf } from '../../ui/format.js';
import type { RankedModel } from './ranking.model.js';
import { hasEqualOutputs, type RunView } from './run-view.model.js';
import styles from './side-card.module.css';

interface TrustCardProps {
  view: RunView;
  models: readonly RankedModel[];
  /** How many samples the time limit allowed; empty without one. */
  limit: string;
}

/** What makes the figures reliable or not: noise, equal outputs, and warnings with advice. */
export function TrustCard({ view, models, limit }: TrustCardProps) {
  const { noiseFloor, cells } = view;
  const equal = hasEqualOutputs(view);
  const warnings = BENCHMARK_WARNINGS.flatMap((warning) => {
    const raised = cells.filter((cell) => cell.warnings.includes(warning)).length;
    return raised > 0 ? [{ warning, raised }] : [];
  });
  if (cells.length === 0) return null;
  return (
    <section class={styles.card} aria-labelledby="trust">
      <h2 id="trust">Can this be trusted?</h2>
      <p>
        {noiseFloor === null
          ? 'Without 5 samples of SYNC, the noise of this machine is not known.'
          : `Equal work differs by ${noisePercent(noiseFloor)}: the noise floor of this machine.`}
      </p>
      {limit && <p>{limit}</p>}
      {equal !== undefined && (
        <p>
          {equal
            ? 'Every model gave the same bytes (SHA-256).'
            : 'Some models gave other bytes: those cells are void.'}
        </p>
      )}
      {warnings.length > 0 && (
        <ul class={styles.warnings}>
          {warnings.map(({ warning, raised }) => (
            <li key={warning}>
              <details>
                <summary>
                  <span class={styles.warning}>{warning}</span> in {countOf(raised, 'cell')}
                </summary>
                {WARNINGS[warning].meaning} {WARNINGS[warning].advice}
              </details>
            </li>
          ))}
        </ul>
      )}
      <LoopDelay models={models} />
    </section>
  );
}

/** What a server on the dispatching event loop would feel. */
function LoopDelay({ models }: { models: readonly RankedModel[] }) {
  const byDelay = models
    .map(({ cell }) => cell)
    .toSorted((a, b) => a.eventLoopDelayP99Ms - b.eventLoopDelayP99Ms);
  const [least, most] = [byDelay[0], byDelay.at(-1)];
  if (!least || !most || least === most) return null;
  return (
    <p>
      An API on the same event loop would answer {milliseconds(least.eventLoopDelayP99Ms)} late with{' '}
      {least.model}, <LateText ms={most.eventLoopDelayP99Ms} /> with {most.model}.
    </p>
  );
}

function LateText({ ms }: { ms: number }) {
  const isNoticed = ms > NOTICEABLE_DELAY_MS;
  return <strong class={isNoticed ? styles.late : undefined}>{milliseconds(ms)}</strong>;
}
