import type { PixelOperation } from '../engine.js';

/** What sharp does itself. The rest is done over its pixels. */
export type SharpOperation = Extract<PixelOperation, { kind: 'RESIZE' | 'BLUR' | 'SHARPEN' | 'ROTATE' }>;
/**
 * What the kernels of JIMP do for SHARP too. A watermark as sharp's `composite` touches the whole picture, and sharp
 * loses the transparency of grey pixels.
 */
export type KernelOperation = Exclude<PixelOperation, SharpOperation>;

/** Operations that sharp can do in one pass, or one that is done over its pixels. */
export type Stage =
  | { kind: 'PASS'; operations: SharpOperation[] }
  | { kind: 'KERNEL'; operation: KernelOperation };

/**
 * The order in which sharp runs what one pipeline is asked for, whatever the order of the calls (its
 * pipeline.cc). ROTATE is not in it: where it falls depends on the kind of resize.
 */
const SHARP_ORDER = ['RESIZE', 'BLUR', 'SHARPEN'];

/**
 * Cuts a chain into as few passes as keep its order: an operation joins the pass before it when sharp would run it
 * after all that is there. The standard pipeline becomes resize + blur + sharpen, then watermark.
 */
export function planStages(operations: readonly PixelOperation[]): Stage[] {
  const stages: Stage[] = [];
  for (const operation of operations) {
    const last = stages.at(-1);
    if (operation.kind === 'GRAYSCALE' || operation.kind === 'WATERMARK') {
      stages.push({ kind: 'KERNEL', operation });
    } else if (last?.kind === 'PASS' && mayFollow(operation, last.operations.at(-1))) {
      last.operations.push(operation);
    } else {
      stages.push({ kind: 'PASS', operations: [operation] });
    }
  }
  return stages;
}

function mayFollow(operation: SharpOperation, last: SharpOperation | undefined): boolean {
  if (!last || operation.kind === 'ROTATE' || last.kind === 'ROTATE') return false;
  return SHARP_ORDER.indexOf(operation.kind) > SHARP_ORDER.indexOf(last.kind);
}
