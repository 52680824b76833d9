import sharp, { type FormatEnum, type ResizeOptions } from 'sharp';
import type { EncodedImage, Engine, EngineRequest } from './engine.js';
import type { EngineInfo, StepRunner } from './image-engine.js';
import { IMAGE_FORMATS, type ImageFormat } from './operation.js';

// libvips is parallel and caches by itself; one worker is one thread here, or models would measure libvips.
sharp.concurrency(1);
sharp.cache(false);

const CODECS: Record<Exclude<ImageFormat, 'BMP'>, keyof FormatEnum> = {
  JPEG: 'jpeg',
  PNG: 'png',
  WEBP: 'webp',
  AVIF: 'heif',
  GIF: 'gif',
  TIFF: 'tiff',
};

const FITS = { FILL: 'fill', CONTAIN: 'inside', COVER: 'cover' } as const;

async function info(): Promise<EngineInfo> {
  const can = (direction: 'input' | 'output') =>
    IMAGE_FORMATS.filter((format) => format !== 'BMP' && sharp.format[CODECS[format]][direction].buffer);
  return { engine: 'SHARP', version: sharp.versions.sharp, reads: can('input'), writes: can('output') };
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  let pipeline = sharp(request.bytes, { limitInputPixels: request.limits.maxPixels }).autoOrient();
  for (const operation of request.operations) {
    const image = pipeline;
    const { data, info } = await runStep(() => image.raw().toBuffer({ resolveWithObject: true }));
    pipeline = sharp(data, { raw: info });
    switch (operation.kind) {
      case 'RESIZE': {
        const { width, height, fit } = operation.params;
        const options: ResizeOptions = { fit: FITS[fit] };
        if (width !== undefined) options.width = width;
        if (height !== undefined) options.height = height;
        pipeline.resize(options);
        break;
      }
      case 'BLUR':
        pipeline.blur({ sigma: operation.params.sigma, precision: 'integer' });
        break;
      case 'SHARPEN':
        if (operation.params.amount > 0) pipeline.sharpen();
        break;
      case 'GRAYSCALE':
        pipeline.grayscale();
        break;
      case 'ROTATE':
        pipeline.rotate(operation.params.degrees, { background: operation.params.background });
        break;
      case 'WATERMARK':
        break;
    }
  }
  const { format, quality } = request.output;
  const image = pipeline;
  const { data, info } = await runStep(() =>
    image
      .toFormat(CODECS[format === 'BMP' ? 'PNG' : format] as 'jpeg', quality === undefined ? {} : { quality })
      .toBuffer({ resolveWithObject: true }),
  );
  return { bytes: data, width: info.width, height: info.height };
}

export const sharpEngine: Engine = { name: 'SHARP', info, process };
