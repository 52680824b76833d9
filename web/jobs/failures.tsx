import { messageText } from '../api/error-text.js';
import { Card } from '../ui/card.js';
import styles from './failures.module.css';
import type { failuresByCode } from './job.model.js';

interface FailuresProps {
  groups: ReturnType<typeof failuresByCode>;
  /** Retries the items that failed with a code; undefined while that is not possible. */
  onRetry: ((codes: string[]) => void) | undefined;
}

/** Failed images, grouped by cause. */
export function Failures({ groups, onRetry }: FailuresProps) {
  if (groups.length === 0) return null;
  return (
    <Card title="Failures">
      <ul class={styles.groups}>
        {groups.map(({ code, count, message }) => (
          <li key={code}>
            <span>
              <strong>
                {count} × {code}
              </strong>
              <span class={styles.message}>{messageText(message)}</span>
            </span>
            {onRetry && (
              <button type="button" aria-label={`Retry ${code}`} onClick={() => onRetry([code])}>
                Retry
              </button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
