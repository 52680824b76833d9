/** Paths of the icons, in a box of 24 by 24. */
const PATHS = {
  UP: 'M12 19V5m-6 6 6-6 6 6',
  DOWN: 'M12 5v14m-6-6 6 6 6-6',
  BACK: 'M19 12H5m6-6-6 6 6 6',
  CLOSE: 'm6 6 12 12M18 6 6 18',
  PLUS: 'M12 5v14M5 12h14',
  MINUS: 'M5 12h14',
  CHECK: 'm5 12 5 5 9-10',
  SUN: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2m0 16v2M2 12h2m16 0h2M4.9 4.9l1.4 1.4m11.4 11.4 1.4 1.4m0-14.2-1.4 1.4M6.3 17.7l-1.4 1.4',
  MOON: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  SCREEN: 'M3 4h18v12H3Zm5 16h8m-4-4v4',
} as const;
export type IconName = keyof typeof PATHS;

/** A drawn icon: fonts of some systems have no arrows. Decoration only; the control beside it has the words. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
