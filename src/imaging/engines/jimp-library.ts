import { createJimp } from '@jimp/core';
import { defaultPlugins } from 'jimp';
import { JIMP_FORMATS, type JimpFormat } from '../codecs/jimp-formats.js';

/** What jimp's detection calls PNG and TIFF files of some kinds, which decode as any other. */
const ALSO_DETECTED_AS: readonly (readonly [JimpFormat, string])[] = [
  [JIMP_FORMATS.PNG, 'image/apng'],
  [JIMP_FORMATS.TIFF, 'image/x-sony-arw'],
  [JIMP_FORMATS.TIFF, 'image/x-adobe-dng'],
  [JIMP_FORMATS.TIFF, 'image/x-nikon-nef'],
  [JIMP_FORMATS.TIFF, 'image/x-canon-cr2'],
];
const aliases = ALSO_DETECTED_AS.map(([format, mime]) => ({ ...format, mime }));
const formats = [...Object.values(JIMP_FORMATS), ...aliases].map((format: JimpFormat) => () => format);

/** The class of the package `jimp` with all its methods, reading and writing through {@link JIMP_FORMATS}. */
export const Jimp = createJimp({ plugins: defaultPlugins, formats });

export type JimpImage = InstanceType<typeof Jimp>;

// jimp loads its format detection with the first image that it reads. Here that belongs to the start of a worker.
await Jimp.fromBuffer(await new Jimp({ width: 1, height: 1 }).getBuffer(JIMP_FORMATS.PNG.mime));
