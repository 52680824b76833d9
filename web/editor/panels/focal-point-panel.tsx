import type { Signal } from '@preact/signals';
import styles from './panel.module.css';

interface FocalPointPanelProps {
  isSet: boolean;
  /** Whether the user is setting it on the image. */
  picking: Signal<boolean>;
  onRemove(): void;
}

/** Starts and ends the setting of the focal point, and removes it. */
export function FocalPointPanel({ isSet, picking, onRemove }: FocalPointPanelProps) {
  return (
    <section class={styles.section} aria-labelledby="focal-title">
      <h2 id="focal-title">Focal point</h2>
      <p class={styles.quiet}>Crops with the gravity “Focal point” keep it, here and in every job.</p>
      <div class={styles.row}>
        <button
          type="button"
          aria-pressed={picking.value}
          onClick={() => {
            picking.value = !picking.value;
          }}
        >
          {picking.value ? 'Done' : isSet ? 'Change' : 'Set on the image'}
        </button>
        {isSet && (
          <button type="button" onClick={onRemove}>
            Remove
          </button>
        )}
      </div>
    </section>
  );
}
