import { Icon, type IconName } from '../ui/icon.js';
import { type ThemeChoice, theme } from './theme.js';
import styles from './theme-switch.module.css';

const CHOICES: Record<ThemeChoice, { label: string; icon: IconName }> = {
  SYSTEM: { label: 'As the system', icon: 'SCREEN' },
  LIGHT: { label: 'Light', icon: 'SUN' },
  DARK: { label: 'Dark', icon: 'MOON' },
};

/** Chooses the theme: an icon that opens the browser's own list. */
export function ThemeSwitch() {
  const { label, icon } = CHOICES[theme.value];
  return (
    <span class={styles.switch} title={`Theme: ${label.toLowerCase()}`}>
      <select
        aria-label="Theme"
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = currentTarget.value as ThemeChoice;
        }}
      >
        {Object.entries(CHOICES).map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words.label}
          </option>
        ))}
      </select>
      <Icon name={icon} />
    </span>
  );
}
