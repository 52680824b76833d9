import { BASE_PATH } from '../../app/base-path.js';
import { Icon } from '../../ui/icon.js';
import { comparisonPath, removeFromTray, tray } from './tray.js';
import styles from './tray-bar.module.css';

/** The runs that were put aside for a comparison; the first is the baseline. */
export function TrayBar() {
  const runs = tray.value;
  if (runs.length === 0) return null;
  return (
    <aside class={styles.bar} aria-label="Comparison">
      <ol>
        {runs.map(({ id, name }, index) => (
          <li key={id}>
            <span class={styles.name}>
              {index === 0 && <strong>Baseline: </strong>}
              <bdi>{name}</bdi>
            </span>
            <button type="button" aria-label={`Remove ${name}`} onClick={() => removeFromTray(id)}>
              <Icon name="CLOSE" />
            </button>
          </li>
        ))}
      </ol>
      {runs.length > 1 ? (
        <a class="button primary" href={`${BASE_PATH}${comparisonPath(runs)}`}>
          Compare {runs.length} runs
        </a>
      ) : (
        <span class={styles.hint}>Add another run to compare it with this one.</span>
      )}
    </aside>
  );
}
