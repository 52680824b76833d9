import { Jimp, JimpMime, ResizeStrategy } from 'jimp';
import type { EncodedImage, Engine, EngineRequest } from './engine.js';
import type { EngineInfo, StepRunner } from './image-engine.js';
import type { ImageFormat } from './operation.js';

const MIME = {
  JPEG: JimpMime.jpeg,
  PNG: JimpMime.png,
  GIF: JimpMime.gif,
  BMP: JimpMime.bmp,
  TIFF: JimpMime.tiff,
} as const;
const FORMATS = Object.keys(MIME) as (keyof typeof MIME & ImageFormat)[];

async function info(): Promise<EngineInfo> {
  return { engine: 'JIMP', version: '1.6.1', reads: FORMATS, writes: FORMATS };
}

async function process(request: EngineRequest, runStep: StepRunner): Promise<EncodedImage> {
  const { bytes, operations, output } = request;
  const image = await runStep(() => Jimp.fromBuffer(Buffer.from(bytes)));
  for (const operation of operations) {
    await runStep(() => {
      switch (operation.kind) {
        case 'RESIZE': {
          const w = operation.params.width ?? 0;
          const h = operation.params.height ?? 0;
          image.resize({
            w: w || Math.round((image.width * h) / image.height),
            h: h || Math.round((image.height * w) / image.width),
            mode: ResizeStrategy.BILINEAR,
          });
          break;
        }
        case 'BLUR':
          image.blur(Math.max(1, Math.round(operation.params.sigma)));
          break;
        case 'GRAYSCALE':
          image.greyscale();
          break;
        case 'ROTATE':
          image.rotate(-operation.params.degrees);
          break;
        default:
          break;
      }
    });
  }
  const mime = MIME[output.format as keyof typeof MIME];
  const bytesOut = await runStep(() =>
    image.getBuffer(mime as 'image/jpeg', { quality: output.quality ?? 80 }),
  );
  return { bytes: bytesOut, width: image.width, height: image.height };
}

export const jimpEngine: Engine = { name: 'JIMP', info, process };
