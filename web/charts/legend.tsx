import type { Sign } from '../../src/benchmark/charts/signs.js';
import styles from './legend.module.css';

/** Colours and shapes of a chart, in words. */
export function Legend({ signs }: { signs: readonly Sign[] }) {
  return (
    <ul class={styles.legend} aria-label="Legend">
      {signs.map(({ name, colour, path }) => (
        <li key={name}>
          <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12">
            <path d={path} fill={colour} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
