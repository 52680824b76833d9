import type { Operation, OperationKind } from '../../../src/imaging/operation.js';

/** One operation of each kind that any image of 24x24 and more can go through. */
export const SAMPLE_OPERATIONS: { readonly [Kind in OperationKind]: Extract<Operation, { kind: Kind }> } = {
  RESIZE: { kind: 'RESIZE', params: { width: 20, height: 16, fit: 'COVER', gravity: 'ATTENTION' } },
  BLUR: { kind: 'BLUR', params: { sigma: 2 } },
  SHARPEN: { kind: 'SHARPEN', params: { amount: 1 } },
  GRAYSCALE: { kind: 'GRAYSCALE', params: {} },
  ROTATE: { kind: 'ROTATE', params: { degrees: 30, background: '#ff000080' } },
  WATERMARK: { kind: 'WATERMARK', params: { text: 'Ω', position: 'CENTER', opacity: 1 } },
  CONVERT: { kind: 'CONVERT', params: { format: 'PNG' } },
  CROP: { kind: 'CROP', params: { width: 20, height: 16, gravity: 'BOTTOM_RIGHT' } },
  FLIP: { kind: 'FLIP', params: { axis: 'HORIZONTAL' } },
  TRIM: { kind: 'TRIM', params: { threshold: 10 } },
  EXTEND: { kind: 'EXTEND', params: { top: 1, right: 2, bottom: 3, left: 4, background: '#00ff00' } },
  MODULATE: { kind: 'MODULATE', params: { brightness: 1.2, saturation: 0.5, contrast: 1.1, hue: 30 } },
};
