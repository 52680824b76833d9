import { BASE_PATH } from '../../app/base-path.js';
import { Card } from '../../ui/card.js';
import { countOf, formatTime } from '../../ui/format.js';
import type { RaceRowFragment } from '../generated/graphql.js';
import { writeRaceAddress } from './race-address.model.js';
import styles from './race-page.module.css';
import { headline } from './race-words.model.js';

interface RaceHistoryProps {
  races: readonly RaceRowFragment[] | undefined;
  shownId: string | undefined;
}

/** The user's experiments, newest first. */
export function RaceHistory({ races, shownId }: RaceHistoryProps) {
  if (!races || races.length === 0) return null;
  return (
    <Card title="Experiments so far">
      <ul class={styles.history}>
        {races.map(({ id, createdAt, workers, results }) => (
          <li key={id}>
            <a
              href={`${BASE_PATH}/lab/race${writeRaceAddress({ guess: undefined, id, after: undefined })}`}
              aria-current={id === shownId ? 'true' : undefined}
            >
              <time dateTime={createdAt}>{formatTime(createdAt)}</time>
              <span>{countOf(workers, 'thread')}</span>
              <span>{headline(results)}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
