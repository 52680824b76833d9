import type { PixelOperation } from './engine.js';
import type { WatermarkParams } from './operation.js';

/** Operations that sharp can do in one pass, or the one that it leaves to us. */
export type Stage =
  | { kind: 'PIPELINE'; operations: Exclude<PixelOperation, { kind: 'WATERMARK' }>[] }
  | { kind: 'WATERMARK'; params: WatermarkParams };

/**
 * The order in which sharp runs what one pipeline is asked for, whatever the order of the calls (its
 * pipeline.cc). ROTATE is not in it: where it falls depends on the kind of resize.
 */
const SHARP_ORDER = ['GRAYSCALE', 'RESIZE', 'BLUR', 'SHARPEN'];

/**
 * Cuts a chain into as few passes as keep its order: one operation joins the pass before it when sharp would run
 * it after all that is there. The standard pipeline becomes resize + blur + sharpen, watermark.
 */
export function planStages(operations: readonly PixelOperation[]): Stage[] {
  const stages: Stage[] = [];
  for (const operation of operations) {
    const last = stages.at(-1);
    if (operation.kind === 'WATERMARK') {
      stages.push({ kind: 'WATERMARK', params: operation.params });
    } else if (last?.kind === 'PIPELINE' && mayFollow(operation, last.operations.at(-1))) {
      last.operations.push(operation);
    } else {
      stages.push({ kind: 'PIPELINE', operations: [operation] });
    }
  }
  return stages;
}

function mayFollow(operation: PixelOperation, last: PixelOperation | undefined): boolean {
  if (!last || operation.kind === 'ROTATE' || last.kind === 'ROTATE') return false;
  return SHARP_ORDER.indexOf(operation.kind) > SHARP_ORDER.indexOf(last.kind);
}
