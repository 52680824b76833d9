import { BASE_PATH } from '../app/base-path.js';
import { LinkBar } from '../ui/link-bar.js';

const PAGES = {
  RUNS: { label: 'Runs', href: `${BASE_PATH}/lab` },
  LESSONS: { label: 'Lessons', href: `${BASE_PATH}/lab/lessons` },
  RACE: { label: 'Race', href: `${BASE_PATH}/lab/race` },
} as const;

/** Links to the main pages of the laboratory. */
export function LabPages({ current }: { current: keyof typeof PAGES }) {
  return <LinkBar label="Laboratory" links={Object.values(PAGES)} current={PAGES[current].href} />;
}
