import { BASE_PATH } from '../../app/base-path.js';
import { Card } from '../../ui/card.js';
import { writePlanAddress } from '../plan/plan-address.model.js';
import type { Next } from './lesson.model.js';
import styles from './lesson-page.module.css';

/** What would change the answer, and the next question. */
export function NextLinks({ next }: { next: readonly Next[] }) {
  return (
    <Card title="What would change it">
      <ul class={styles.next}>
        {next.map((each) => (
          <li key={each.label}>
            <a href={`${BASE_PATH}${pathOf(each)}`}>{each.label}</a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function pathOf(next: Next): string {
  if ('lesson' in next) return `/lab/lessons/${next.lesson}`;
  if ('path' in next) return next.path;
  return `/lab${writePlanAddress(next.plan)}`;
}
