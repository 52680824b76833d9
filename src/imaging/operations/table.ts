import { blur } from './blur.js';
import { convert } from './convert.js';
import { crop } from './crop.js';
import { extend } from './extend.js';
import { flip } from './flip.js';
import { grayscale } from './grayscale.js';
import { modulate } from './modulate.js';
import { resize } from './resize.js';
import { rotate } from './rotate.js';
import { sharpen } from './sharpen.js';
import { trim } from './trim.js';
import { watermark } from './watermark.js';

/** Every kind of operation. */
export const OPERATIONS = {
  RESIZE: resize,
  BLUR: blur,
  SHARPEN: sharpen,
  GRAYSCALE: grayscale,
  ROTATE: rotate,
  WATERMARK: watermark,
  CONVERT: convert,
  CROP: crop,
  FLIP: flip,
  TRIM: trim,
  EXTEND: extend,
  MODULATE: modulate,
};
