import { AppError } from '../../errors.js';
import { undrawable } from '../pixels/watermark/watermark-font.js';
import type { OperationSpec } from './operation-spec.js';

export const WATERMARK_POSITIONS = [
  'TOP_LEFT',
  'TOP_RIGHT',
  'CENTER',
  'BOTTOM_LEFT',
  'BOTTOM_RIGHT',
] as const;
export type WatermarkPosition = (typeof WATERMARK_POSITIONS)[number];

export interface WatermarkParams {
  text: string;
  position: WatermarkPosition;
  /** 0 (invisible) to 1 (opaque). */
  opacity: number;
}

export const watermark: OperationSpec<WatermarkParams> = {
  summary: 'Draws a line of text, white with a dark edge, sized to the image.',
  parameters: {
    text: { type: 'TEXT', maxLength: 100 },
    position: { type: 'ONE_OF', values: WATERMARK_POSITIONS },
    opacity: { type: 'NUMBER', min: 0, max: 1 },
  },
  check({ text }, path) {
    const unknown = undrawable(text);
    if (unknown.length === 0) return;
    const list = unknown.map((character) => JSON.stringify(character)).join(', ');
    const scripts = 'Latin, Greek and Cyrillic letters, digits and common punctuation';
    throw AppError.badInput(`${path}.text`, `the font has no ${list}; it has ${scripts}`);
  },
  describe: ({ text, position, opacity }) => `watermark "${text}" at ${position}, opacity ${opacity}`,
};
