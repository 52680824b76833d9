import { AppError } from '../../errors.js';
import { FORMATS, IMAGE_FORMATS, type ImageFormat } from '../image-format.js';
import type { OperationSpec } from './operation-spec.js';

/** Quality 1 to 100, for the lossy formats; default: the format's own. */
export interface ConvertParams {
  format: ImageFormat;
  quality?: number;
  /** Maximum file size in bytes; the quality is lowered until the file fits. */
  maxBytes?: number;
}

/** Upper bound: every format needs fewer bytes for the largest image. */
const MAX_BYTES = 1_000_000_000;

export const convert: OperationSpec<ConvertParams> = {
  summary: 'Chooses the format of the result.',
  parameters: {
    format: { type: 'ONE_OF', values: IMAGE_FORMATS },
    quality: { type: 'WHOLE', min: 1, max: 100, optional: true },
    maxBytes: { type: 'WHOLE', min: 100, max: MAX_BYTES, unit: ' bytes', optional: true },
  },
  check({ format, maxBytes }, path) {
    if (maxBytes === undefined || FORMATS[format].lossy) return;
    const lossy = IMAGE_FORMATS.filter((name) => FORMATS[name].lossy).join(', ');
    throw AppError.badInput(
      `${path}.maxBytes`,
      `${format} has no quality to lower; formats with one: ${lossy}`,
    );
  },
  describe({ format, quality, maxBytes }) {
    const details = [
      ...(quality === undefined ? [] : [`quality ${quality}`]),
      ...(maxBytes === undefined ? [] : [`at most ${maxBytes} bytes`]),
    ];
    return [`convert to ${format}`, ...details].join(', ');
  },
};
