/** The engines that do the operations. JIMP is pure JavaScript; SHARP is native code (libvips). */
export const IMAGE_ENGINES = ['JIMP', 'SHARP'] as const;
export type ImageEngineName = (typeof IMAGE_ENGINES)[number];
