import { describeOperations } from '../../api/describe-operations.model.js';
import {
  type EditedImageQuery,
  ImageInfoDocument,
  type ImageInfoQuery,
} from '../../api/generated/graphql.js';
import { BASE_PATH } from '../../app/base-path.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { formatBytes, formatDuration, formatTime } from '../../ui/format.js';
import { useLoad } from '../../ui/use-load.js';
import styles from './panel.module.css';

type EditedImage = EditedImageQuery['image'];
type ImageInfo = ImageInfoQuery['image']['info'];

/** What the file says about itself, and what it was made from. */
export function FactsPanel({ image }: { image: EditedImage }) {
  // Apart from the image: the server may have to decode it first.
  const { value, problem, again } = useLoad(
    async () => (await ask(ImageInfoDocument, { id: image.id })).image.info,
    [image.id],
  );
  const { source, operations, engine, durationMs } = image;
  const info = value.value;
  return (
    <section class={styles.section} aria-labelledby="facts-title">
      <h2 id="facts-title">About this image</h2>
      <dl class={styles.facts}>
        {factsOf(image, info).map(([label, value]) =>
          value ? (
            <>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </>
          ) : null,
        )}
        {info?.dominantColor && (
          <>
            <dt>Main colour</dt>
            <dd>
              <span class={styles.swatch} style={{ background: info.dominantColor }} />
              {info.dominantColor}
            </dd>
          </>
        )}
      </dl>
      <Problem text={problem.value} again={again.value} />
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

type Fact = readonly [label: string, value: string | false | null | undefined];

/** Facts in the order in which they are shown; those without a value are not. */
function factsOf(image: EditedImage, info: ImageInfo | undefined): readonly Fact[] {
  return [
    ['Format', `${image.format}, ${formatBytes(image.byteSize)}`],
    ['Size', `${image.width} × ${image.height} pixels`],
    ['Frames', image.frames > 1 && String(image.frames)],
    ['Stored', formatTime(image.createdAt)],
    ...(info ? fileFactsOf(info) : []),
  ];
}

function fileFactsOf(info: ImageInfo): readonly Fact[] {
  const bits = info.bitDepth === null ? null : `${info.bitDepth} bits`;
  return [
    ['Colours', [info.colorSpace, bits].filter(Boolean).join(', ')],
    ['Profile', info.profile],
    ['Transparency', info.hasAlpha ? 'yes' : 'no'],
    ['Density', info.density !== null && `${Math.round(info.density)} pixels per inch`],
    ['Camera', [info.cameraMake, info.cameraModel].filter(Boolean).join(' ')],
    ['Taken', info.takenAt && formatTime(info.takenAt)],
  ];
}
