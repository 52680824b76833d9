import { Card } from '../ui/card.js';
import { countOf, formatBytes, formatDate } from '../ui/format.js';
import { account } from './account.js';
import styles from './form.module.css';

/** What the account stores, of what it may store. */
export function StorageCard() {
  const { me } = account.value ?? {};
  if (!me) return null;
  const { imageCount, imageBytes, imageBytesLimit } = me.usage;
  const share = (100 * imageBytes) / imageBytesLimit;
  return (
    <Card title="Storage">
      <meter
        class={styles.meter}
        aria-label="Share of the space that is used"
        max={imageBytesLimit}
        high={imageBytesLimit * 0.9}
        value={imageBytes}
      />
      <p>
        {formatBytes(imageBytes)} of {formatBytes(imageBytesLimit)} (
        {share < 1 ? 'less than 1' : Math.round(share)} %)
      </p>
      <p class={styles.quiet}>
        {countOf(imageCount, 'image')}, results of jobs included. Account created on{' '}
        {formatDate(me.createdAt)}.
      </p>
    </Card>
  );
}
