import { describeOperations } from '../api/describe-operations.model.js';
import type { EditedImageQuery } from '../api/generated/graphql.js';
import { BASE_PATH } from '../app/base-path.js';
import { formatBytes, formatDuration, formatTime } from '../ui/format.js';
import styles from './panel.module.css';

type EditedImage = EditedImageQuery['image'];

/** What the file says about itself, and what it was made from. */
export function FactsPanel({ image }: { image: EditedImage }) {
  const { info, source, operations, engine, durationMs } = image;
  const camera = [info.cameraMake, info.cameraModel].filter(Boolean).join(' ');
  const facts: readonly (readonly [label: string, value: string | false | null | undefined])[] = [
    ['Format', `${image.format}, ${formatBytes(image.byteSize)}`],
    ['Size', `${image.width} × ${image.height} pixels`],
    ['Frames', image.frames > 1 && String(image.frames)],
    [
      'Colours',
      [info.colorSpace, info.bitDepth !== null && `${info.bitDepth} bits`].filter(Boolean).join(', '),
    ],
    ['Profile', info.profile],
    ['Transparency', info.hasAlpha ? 'yes' : 'no'],
    ['Density', info.density !== null && `${Math.round(info.density)} pixels per inch`],
    ['Camera', camera],
    ['Taken', info.takenAt && formatTime(info.takenAt)],
    ['Stored', formatTime(image.createdAt)],
  ];
  return (
    <section class={styles.section} aria-labelledby="facts-title">
      <h2 id="facts-title">About this image</h2>
      <dl class={styles.facts}>
        {facts.map(([label, value]) =>
          value ? (
            <>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </>
          ) : null,
        )}
        {info.dominantColor && (
          <>
            <dt>Main colour</dt>
            <dd>
              <span class={styles.swatch} style={{ background: info.dominantColor }} />
              {info.dominantColor}
            </dd>
          </>
        )}
      </dl>
      {operations.length > 0 && (
        <p class={styles.quiet}>
          Made {source ? 'from ' : 'from an image that was deleted '}
          {source && <a href={`${BASE_PATH}/images/${source.id}`}>{source.filename}</a>}:{' '}
          {describeOperations(operations)}
          {engine && ` with ${engine}`}
          {durationMs !== null && ` in ${formatDuration(durationMs)}`}.
        </p>
      )}
    </section>
  );
}
