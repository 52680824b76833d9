import { type ThemeChoice, theme } from './theme.js';
import styles from './theme-switch.module.css';

const LABELS: Record<ThemeChoice, string> = { SYSTEM: 'System', LIGHT: 'Light', DARK: 'Dark' };

/** Chooses the theme. */
export function ThemeSwitch() {
  return (
    <label class={styles.switch}>
      <span class={styles.label}>Theme</span>
      <select
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = currentTarget.value as ThemeChoice;
        }}
      >
        {Object.entries(LABELS).map(([choice, label]) => (
          <option key={choice} value={choice}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
