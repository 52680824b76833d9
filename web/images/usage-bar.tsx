import { countOf, formatBytes } from '../ui/format.js';
import { usage } from './usage.js';
import styles from './usage-bar.module.css';

/** Number of images and the space that they take, of the space that the account has. */
export function UsageBar() {
  if (usage.value === undefined) return null;
  const { imageCount, imageBytes, imageBytesLimit } = usage.value;
  const text = `${formatBytes(imageBytes)} of ${formatBytes(imageBytesLimit)}`;
  return (
    <span class={styles.usage}>
      {countOf(imageCount, 'image')}
      {imageCount > 1 && ', newest first'}
      <span class={styles.space}>
        {text}
        <meter
          aria-label={`Space used: ${text}`}
          max={imageBytesLimit}
          high={imageBytesLimit * 0.9}
          value={imageBytes}
        />
      </span>
    </span>
  );
}
