import { milliseconds } from '../../../src/benchmark/analysis/format-numbers.js';
import { MODEL_COLOURS } from '../../../src/benchmark/charts/theme.js';
import { rowName } from '../../../src/benchmark/charts/work-group.js';
import { ask } from '../../session/session.js';
import { useLoad } from '../../ui/use-load.js';
import { RunMediansDocument } from '../generated/graphql.js';
import { sparkBars } from './sparkline.model.js';

const WIDTH = 84;
const BAR = 5;
const HEIGHT = 5 * (BAR + 1);

interface SparklineProps {
  runId: string;
  /** Whether the figures may be asked for now: the server computes them, which would disturb a measurement. */
  isAllowed: boolean;
}

/** The models of a run as bars of their times. */
export function Sparkline({ runId, isAllowed }: SparklineProps) {
  const { value: cells } = useLoad(
    async () => (isAllowed ? (await ask(RunMediansDocument, { id: runId })).benchmark.cells : undefined),
    [runId, isAllowed],
  );
  const bars = sparkBars(cells.value ?? []);
  // In the middle of the row, whatever their number is.
  const top = (HEIGHT - bars.length * (BAR + 1) + 1) / 2;
  const words = bars.map((bar) => `${rowName(bar)} ${milliseconds(bar.medianMs)}`).join(', ');
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={words === '' ? 'No times yet' : `Times: ${words}`}
    >
      {words !== '' && <title>{words}</title>}
      {bars.map(({ model, share }, index) => (
        <rect
          key={model}
          y={top + index * (BAR + 1)}
          width={Math.max(1, share * WIDTH)}
          height={BAR}
          rx={1}
          fill={MODEL_COLOURS[model]}
        />
      ))}
    </svg>
  );
}
