import { createJimp } from '@jimp/core';
import { defaultPlugins } from 'jimp';
import { JIMP_FORMATS, type JimpFormat } from '../../codecs/jimp-formats.js';

const formats = Object.values(JIMP_FORMATS).map((format: JimpFormat) => () => format);

/** The class of the package `jimp` with all its methods, writing through {@link JIMP_FORMATS}. */
export const Jimp = createJimp({ plugins: defaultPlugins, formats });

export type JimpImage = InstanceType<typeof Jimp>;
