/** Paths of the icons, in a box of 24 by 24. */
const PATHS = {
  UP: 'M12 19V5m-6 6 6-6 6 6',
  DOWN: 'M12 5v14m-6-6 6 6 6-6',
  BACK: 'M19 12H5m6-6-6 6 6 6',
  CLOSE: 'm6 6 12 12M18 6 6 18',
  PLUS: 'M12 5v14M5 12h14',
  MINUS: 'M5 12h14',
  CHECK: 'm5 12 5 5 9-10',
} as const;

/** A drawn icon: fonts of some systems have no arrows. Decoration only; the control beside it has the words. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
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
