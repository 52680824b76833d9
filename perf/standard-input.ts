/** The standard pipeline as a client asks for it; `STANDARD_PIPELINE` in `src/imaging/operation.ts` is the same with all defaults. */
export const STANDARD_INPUT = [
  { resize: { width: 800, height: 450 } },
  { blur: { sigma: 2 } },
  { sharpen: {} },
  { watermark: { text: 'nogil-bench' } },
  { convert: { format: 'JPEG', quality: 80 } },
];
