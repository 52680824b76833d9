import { effect, signal } from '@preact/signals';

export type ThemeChoice = 'SYSTEM' | 'LIGHT' | 'DARK';

const KEY = 'theme';
const CHOICES: readonly ThemeChoice[] = ['SYSTEM', 'LIGHT', 'DARK'];
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(systemIsDark.matches);
systemIsDark.addEventListener('change', ({ matches }) => {
  systemDark.value = matches;
});

/** Theme that the user chose; SYSTEM follows the operating system. Kept in this browser. */
export const theme = signal<ThemeChoice>(storedChoice());

/** Applies the theme to the page, now and whenever it changes. */
export function applyTheme(): void {
  effect(() => {
    const dark = theme.value === 'DARK' || (theme.value === 'SYSTEM' && systemDark.value);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  });
  effect(() => store(theme.value));
}

function storedChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY);
    return CHOICES.find((choice) => choice === stored) ?? 'SYSTEM';
  } catch {
    return 'SYSTEM';
  }
}

function store(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Storage is off: the choice lasts until the page is closed.
  }
}
