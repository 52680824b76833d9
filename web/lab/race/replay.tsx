import { useSignal } from '@preact/signals';
import { RACE_COLOURS } from '../../../src/benchmark/charts/theme.js';
import { ChoiceBar } from '../../ui/choice-bar.js';
import { formatDuration } from '../../ui/format.js';
import { percentText } from './race.model.js';
import type { Race } from './races.js';
import { counterAt, lostAt, replayMs, type Track, tracksOf } from './replay.model.js';
import styles from './replay.module.css';
import { useReplay } from './use-replay.js';

const SPEEDS = { REAL: 'Real time', SLOW: '20 times slower' } as const;
const SLOWNESS: Record<keyof typeof SPEEDS, number> = { REAL: 1, SLOW: 20 };

/** The counters of all variants as they ran up, from the readings of the experiment. */
export function RaceReplay({ race, autoplay }: { race: Race; autoplay: boolean }) {
  const speed = useSignal<keyof typeof SPEEDS>('REAL');
  const tracks = tracksOf(race.results);
  const length = replayMs(tracks);
  const { atMs, playing, play, pause, seek } = useReplay(length, SLOWNESS[speed.value], autoplay);
  return (
    <section class={styles.replay} aria-label="Replay">
      <div class={styles.controls}>
        <button type="button" onClick={playing.value ? pause : play}>
          {playing.value ? 'Pause' : 'Replay'}
        </button>
        <ChoiceBar
          label="Speed of the replay"
          choices={SPEEDS}
          value={speed.value}
          onChoose={(choice) => {
            speed.value = choice;
          }}
        />
        <label class={styles.time}>
          <span>Time</span>
          <input
            type="range"
            min={0}
            max={length}
            step="any"
            value={atMs.value}
            aria-valuetext={formatDuration(atMs.value)}
            onInput={(event) => seek(event.currentTarget.valueAsNumber)}
          />
          <output>{formatDuration(atMs.value)}</output>
        </label>
      </div>
      <ul class={styles.tracks}>
        {tracks.map((track) => (
          <Counter key={track.variant} track={track} atMs={atMs.value} />
        ))}
      </ul>
      <p class={styles.note}>
        The first repetition of each variant, from its readings. The variants ran one after another; the
        replay starts them together. Hatched: increments that are lost by then, where the threads add at an
        even pace.
      </p>
    </section>
  );
}

function Counter({ track, atMs }: { track: Track; atMs: number }) {
  const { variant, expected, endMs } = track;
  const value = counterAt(track, atMs);
  const ended = atMs >= endMs;
  const lost = 100 * (1 - value / expected);
  return (
    <li>
      <span class={styles.name}>{variant}</span>
      <span class={styles.value}>{value.toLocaleString('en')}</span>
      <span class={styles.bar}>
        <span style={{ width: share(value, expected), background: RACE_COLOURS[variant] }} />
        <span class={styles.gap} style={{ width: share(lostAt(track, atMs), expected) }} />
      </span>
      <span class={styles.state}>
        {ended
          ? `${lost > 0 ? `lost ${percentText(lost)}` : 'lost none'} in ${formatDuration(endMs)}`
          : 'adding …'}
      </span>
    </li>
  );
}

const share = (part: number, whole: number): string => `${whole > 0 ? (100 * part) / whole : 0}%`;
