import { Component } from 'preact';
import type { ItemState, ItemStatus, JobState } from './job.model.js';
import styles from './job-wall.module.css';

const WORDS: Record<ItemStatus, string> = {
  QUEUED: 'waiting or running',
  PROCESSING: 'waiting or running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};
/** Order of the legend. */
const LEGEND: readonly [status: ItemStatus, words: string][] = [
  ['COMPLETED', 'completed'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'cancelled'],
  ['QUEUED', 'not ended'],
];

/** Keys that choose another tile, from the position of the chosen one. */
const STEPS: Record<string, (position: number, last: number, columns: number) => number> = {
  ArrowLeft: (position) => position - 1,
  ArrowRight: (position) => position + 1,
  ArrowUp: (position, _last, columns) => position - columns,
  ArrowDown: (position, last, columns) => (position < 0 ? 0 : Math.min(last, position + columns)),
  Home: () => 0,
  End: (_position, last) => last,
};
/** Few images have large tiles. */
const sizeOf = (count: number): string => (count <= 100 ? 'LARGE' : count <= 400 ? 'MIDDLE' : 'SMALL');
/** Number of columns of a grid, as it is laid out. */
const columnsOf = (grid: Element): number => getComputedStyle(grid).gridTemplateColumns.split(' ').length;
const tileId = (position: number): string => `image-${position}`;

interface JobWallProps {
  state: JobState;
  /** Position of the item whose details are shown. */
  chosen: number | undefined;
  onChoose(position: number): void;
}

/** A tile for each image of a job. Colour and shape show its status; the title says it in words. */
export function JobWall({ state: { totalCount, items }, chosen, onChoose }: JobWallProps) {
  return (
    <section class={styles.section} aria-labelledby="wall-title">
      <div class={styles.head}>
        <h2 id="wall-title">Images</h2>
        <ul class={styles.legend} aria-label="Legend">
          {LEGEND.map(([status, words]) => (
            <li key={status}>
              <span class={styles.tile} data-status={status} />
              {words}
            </li>
          ))}
        </ul>
      </div>
      <div
        class={styles.wall}
        data-size={sizeOf(totalCount)}
        role="listbox"
        tabIndex={0}
        aria-label="Images of the job"
        aria-activedescendant={chosen === undefined ? undefined : tileId(chosen)}
        onClick={({ target }) => {
          const position = (target as HTMLElement).dataset.position;
          if (position !== undefined) onChoose(Number(position));
        }}
        onKeyDown={(event) => {
          const last = totalCount - 1;
          const next = STEPS[event.key]?.(chosen ?? -1, last, columnsOf(event.currentTarget));
          if (next === undefined) return;
          event.preventDefault();
          const position = Math.min(last, Math.max(0, next));
          onChoose(position);
          document.getElementById(tileId(position))?.scrollIntoView({ block: 'nearest' });
        }}
      >
        {Array.from({ length: totalCount }, (_, position) => (
          <Tile
            key={position}
            position={position}
            item={items.get(position)}
            isChosen={position === chosen}
          />
        ))}
      </div>
    </section>
  );
}

interface TileProps {
  position: number;
  item: ItemState | undefined;
  isChosen: boolean;
}

/** Drawn again only when its own item has changed: an event changes a few of a thousand tiles. */
class Tile extends Component<TileProps> {
  override shouldComponentUpdate(next: TileProps): boolean {
    return next.item !== this.props.item || next.isChosen !== this.props.isChosen;
  }

  render({ position, item, isChosen }: TileProps) {
    const status = item?.status ?? 'QUEUED';
    const words = `Image ${position + 1}: ${WORDS[status]}${item?.message ? `. ${item.message}` : ''}`;
    return (
      <div
        id={tileId(position)}
        class={styles.tile}
        role="option"
        tabIndex={-1}
        aria-selected={isChosen}
        aria-label={words}
        title={words}
        data-status={status}
        data-position={position}
      />
    );
  }
}
