import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ImageEngine } from '../../api/generated/graphql.js';
import { formatBytes, formatDuration } from '../../ui/format.js';
import { comparePixels } from '../comparison/compare-pixels.js';
import { psnrWords } from '../comparison/psnr.model.js';
import styles from './engine-cards.module.css';
import type { Preview } from './preview.model.js';
import { ENGINES, type Previews } from './use-previews.js';

const NAMES: Record<ImageEngine, string> = { SHARP: 'SHARP, native code', JIMP: 'JIMP, JavaScript' };

/** Why each engine cannot compute the pipeline; empty where it can. */
export type Inabilities = Readonly<Record<ImageEngine, string>>;

interface EngineCardsProps {
  previews: Previews;
  inabilities: Inabilities;
  engine: ImageEngine;
  onChoose(engine: ImageEngine): void;
}

/** Time and bytes of each engine, which one is used, and how far their results differ. */
export function EngineCards({ previews, inabilities, engine, onChoose }: EngineCardsProps) {
  const fastest = fasterBy(previews);
  return (
    <div class={styles.cards} role="radiogroup" aria-label="Engine">
      {ENGINES.map((each) => (
        <label key={each} class={styles.card} data-chosen={each === engine}>
          <span class={styles.name}>
            <input
              type="radio"
              name="engine"
              checked={each === engine}
              disabled={inabilities[each] !== '' && each !== engine}
              onChange={() => onChoose(each)}
            />
            {NAMES[each]}
          </span>
          <EngineFigures
            preview={previews[each]}
            inability={inabilities[each]}
            faster={fastest?.engine === each ? fastest.times : undefined}
          />
        </label>
      ))}
      <Likeness previews={previews} isPossible={ENGINES.every((each) => inabilities[each] === '')} />
    </div>
  );
}

interface EngineFiguresProps {
  preview: Preview;
  inability: string;
  /** How many times faster it was than the other engine; undefined: it was not, or that is not known. */
  faster: number | undefined;
}

function EngineFigures({ preview: { status, result, problem }, inability, faster }: EngineFiguresProps) {
  if (inability) return <span class={styles.quiet}>{inability}</span>;
  if (status === 'FAILED') return <span class={styles.problem}>{problem}</span>;
  if (!result)
    return <span class={styles.quiet}>{status === 'LOADING' ? 'Computing …' : 'No operation yet'}</span>;
  return (
    <span class={styles.figures} data-old={status === 'LOADING'}>
      <strong>{result.ms === undefined ? '–' : formatDuration(result.ms)}</strong>
      {faster !== undefined && faster >= 1.1 && (
        <span class={styles.faster}>{faster.toFixed(faster < 10 ? 1 : 0)}× faster</span>
      )}
      {result.isFirst && <span class={styles.quiet}>first use, not warmed up</span>}
      <span class={styles.detail}>
        {formatBytes(result.byteSize)} · {result.width} × {result.height} · {result.format}
      </span>
    </span>
  );
}

/** How alike the results of the engines are. */
function Likeness({ previews, isPossible }: { previews: Previews; isPossible: boolean }) {
  const decibels = useSignal<number | undefined>(undefined);
  const [a, b] = [previews.SHARP.result, previews.JIMP.result];
  const ready = previews.SHARP.status === 'READY' && previews.JIMP.status === 'READY';
  const isSameSize = a?.width === b?.width && a?.height === b?.height;
  useEffect(() => {
    const replaced = new AbortController();
    decibels.value = undefined;
    if (a && b && ready && isSameSize) {
      comparePixels([a.url, b.url], replaced.signal).then(
        (value) => {
          decibels.value = value;
        },
        // The images were replaced while they were compared.
        () => undefined,
      );
    }
    return () => replaced.abort();
  }, [a?.url, b?.url, ready]);

  return (
    <div class={styles.card}>
      <span class={styles.name}>Same image?</span>
      {decibels.value === undefined ? (
        <span class={styles.quiet}>{likenessHint(isPossible, !ready || isSameSize)}</span>
      ) : (
        <span class={styles.figures}>
          <strong>{decibels.value === Number.POSITIVE_INFINITY ? '∞' : decibels.value.toFixed(1)} dB</strong>
          <span class={styles.detail}>PSNR: {psnrWords(decibels.value)}</span>
        </span>
      )}
    </div>
  );
}

function likenessHint(isPossible: boolean, mayBeSameSize: boolean): string {
  if (!isPossible) return 'Needs the results of both engines.';
  return mayBeSameSize ? 'Compares the pixels of both results.' : 'The results differ in size.';
}

/** The faster engine and how many times faster it was; undefined until both are known and warmed up. */
function fasterBy({ SHARP, JIMP }: Previews): { engine: ImageEngine; times: number } | undefined {
  if (SHARP.status !== 'READY' || JIMP.status !== 'READY') return undefined;
  if (SHARP.result?.isFirst || JIMP.result?.isFirst) return undefined;
  const [sharp, jimp] = [SHARP.result?.ms, JIMP.result?.ms];
  if (!sharp || !jimp) return undefined;
  return sharp < jimp ? { engine: 'SHARP', times: jimp / sharp } : { engine: 'JIMP', times: sharp / jimp };
}
