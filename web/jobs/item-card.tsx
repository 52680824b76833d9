import { useMemo } from 'preact/hooks';
import { messageText } from '../api/error-text.js';
import type { ImageTileFragment, JobItemDetailFragment } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { Card, Problem } from '../ui/card.js';
import { formatBytes, formatDuration } from '../ui/format.js';
import { StatusChip } from '../ui/status/status-chip.js';
import { useLoad } from '../ui/use-load.js';
import { type WaterfallRow, waterfall } from './attempts.model.js';
import styles from './item-card.module.css';
import { ItemLoader } from './item-loader.js';

interface ItemCardProps {
  jobId: string;
  totalCount: number;
  /** Position of the item, from 0; undefined: none is chosen yet. */
  position: number | undefined;
  /** Changes when the item has changed. */
  version: unknown;
  onChoose(position: number): void;
}

/** One item of a job: source, result and a waterfall of its attempts. */
export function ItemCard({ jobId, totalCount, position, version, onChoose }: ItemCardProps) {
  const loader = useMemo(() => new ItemLoader(jobId), [jobId]);
  const {
    value: item,
    problem,
    again,
  } = useLoad(
    async () => (position === undefined ? undefined : loader.load(position)),
    [loader, position, version],
  );
  return (
    <Card title="One image">
      <label class={styles.number}>
        Number
        <input
          type="number"
          min={1}
          max={totalCount}
          value={position === undefined ? '' : position + 1}
          placeholder={`1 to ${totalCount}`}
          onChange={({ currentTarget: { valueAsNumber } }) => {
            if (valueAsNumber >= 1 && valueAsNumber <= totalCount) onChoose(Math.round(valueAsNumber) - 1);
          }}
        />
      </label>
      {position === undefined && <p class={styles.quiet}>Click a tile, or type its number.</p>}
      <Problem text={problem.value} again={again.value} />
      {item.value && (
        <div class={styles.details} data-old={item.value.position !== position}>
          <ItemDetails item={item.value} />
        </div>
      )}
    </Card>
  );
}

function ItemDetails({
  item: { status, error, attemptSpans, image, result, durationMs },
}: {
  item: JobItemDetailFragment;
}) {
  return (
    <>
      <div class={styles.status}>
        <StatusChip status={status} />
        {durationMs !== null && <span class={styles.quiet}>{formatDuration(durationMs)} in the engine</span>}
      </div>
      {error && (
        <p class={styles.error}>
          <strong>{error.code}</strong> {messageText(error.message)}
        </p>
      )}
      <div class={styles.images}>
        <Thumbnail label="Original" image={image} />
        <Thumbnail label="Result" image={result} />
      </div>
      {attemptSpans.length > 0 && <Waterfall rows={waterfall(attemptSpans, Date.now())} />}
    </>
  );
}

function Thumbnail({ label, image }: { label: string; image: ImageTileFragment | null }) {
  if (!image) return <span class={styles.none}>{label === 'Result' ? 'No result' : 'Deleted'}</span>;
  return (
    <a href={`${BASE_PATH}/images/${image.id}`}>
      <img src={image.thumbnailUrl} alt={`${label}: ${image.filename}`} />
      <span>
        {label} · {image.width} × {image.height} · {formatBytes(image.byteSize)}
      </span>
    </a>
  );
}

const OUTCOMES: Record<WaterfallRow['outcome'], string> = {
  RUNNING: 'running',
  FAILED: '',
  STORED: 'stored',
};

function Waterfall({ rows }: { rows: readonly WaterfallRow[] }) {
  return (
    <ol class={styles.waterfall} aria-label="Attempts">
      {rows.map(({ number, start, length, ms, outcome, code }) => (
        <li key={number}>
          <span>
            Attempt {number}: {formatDuration(ms)}, {code || OUTCOMES[outcome]}
          </span>
          <span class={styles.track}>
            <span
              class={styles.bar}
              data-outcome={outcome}
              style={{ left: `${start * 100}%`, width: `${length * 100}%` }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
