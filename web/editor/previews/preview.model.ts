/** The preview of one engine, as a pure fold: the latest request wins, whatever the order of the answers. */
export interface PreviewResult {
  /** Address of the image in this page. */
  url: string;
  /** Address of the file as it was computed: another one where browsers do not show its format. */
  fileUrl: string;
  byteSize: number;
  /** Time of the engine, in ms; undefined if the server did not send it. */
  ms: number | undefined;
  /** Whether the engine had computed none for this page before: its time includes what warms it up. */
  isFirst: boolean;
  /** Pixels. */
  width: number;
  height: number;
  /** Such as `WEBP`. */
  format: string;
}

export interface Preview {
  /** Number of the newest request; 0 before the first. */
  round: number;
  status: 'NONE' | 'LOADING' | 'READY' | 'FAILED';
  /** The newest image; while the next one is computed, the one before. */
  result: PreviewResult | undefined;
  /** Why the newest request failed, and what to do; empty otherwise. */
  problem: string;
}

export type PreviewEvent =
  | { type: 'REQUESTED'; round: number }
  | { type: 'ARRIVED'; round: number; result: PreviewResult }
  | { type: 'FAILED'; round: number; problem: string }
  /** Nothing is left to preview. */
  | { type: 'CLEARED'; round: number };

export const NO_PREVIEW: Preview = { round: 0, status: 'NONE', result: undefined, problem: '' };

/** Applies an event; answers to older requests change nothing. */
export function reducePreview(preview: Preview, event: PreviewEvent): Preview {
  if (event.round < preview.round) return preview;
  const { round } = event;
  switch (event.type) {
    case 'REQUESTED':
      return round === preview.round ? preview : { ...preview, round, status: 'LOADING', problem: '' };
    case 'ARRIVED':
      return { round, status: 'READY', result: event.result, problem: '' };
    case 'FAILED':
      return { round, status: 'FAILED', result: undefined, problem: event.problem };
    case 'CLEARED':
      return { ...NO_PREVIEW, round };
    default:
      return event satisfies never;
  }
}

/** Reads the engine's time from a Server-Timing header, such as `engine;dur=12.30, cache;desc=hit`. */
export function engineMs(serverTiming: string | null): number | undefined {
  const [, text] = /\bengine;dur=([\d.]+)/.exec(serverTiming ?? '') ?? [];
  return text === undefined ? undefined : Number(text);
}
