import type { Compute, ComputeRequest, ComputeResult } from '../../../src/execution/compute.js';
import { describeImage, type ImageDescription } from '../../../src/imaging/describe-image.js';
import type { EngineInfo, ImageInfo } from '../../../src/imaging/engine-info.js';
import { IMAGE_FORMATS } from '../../../src/imaging/image-format.js';
import { inspectImage } from '../../../src/imaging/inspect-image.js';
import type { ImagingLimits } from '../../../src/imaging/limits.js';
import { processImage } from '../../../src/imaging/process-image.js';
import type { Storage } from '../../../src/storage/storage.js';

const JIMP_FORMATS = IMAGE_FORMATS.filter((format) => format !== 'WEBP' && format !== 'AVIF');

/** Computes in this process, for tests of the code that calls the compute host. */
export class InProcessCompute implements Compute {
  constructor(
    private readonly storage: Storage,
    private readonly limits: ImagingLimits,
  ) {}

  async inspect(key: string): Promise<ImageInfo> {
    return inspectImage(await this.storage.read(key), this.limits);
  }

  async describe(key: string): Promise<ImageDescription> {
    return describeImage(await this.storage.read(key), this.limits);
  }

  async process({ sourceKey, resultKey, focalPoint, ...request }: ComputeRequest): Promise<ComputeResult> {
    const source = await this.storage.read(sourceKey);
    const { engine, operations } = request;
    const point = focalPoint ? { focalPoint } : {};
    const { bytes, ...result } = await processImage(source, {
      ...{ engine, operations, limits: this.limits },
      ...point,
    });
    await this.storage.write(resultKey, bytes);
    return { ...result, byteSize: bytes.length };
  }

  async engines(): Promise<EngineInfo[]> {
    return [
      { engine: 'JIMP', version: '0', reads: JIMP_FORMATS, writes: JIMP_FORMATS },
      { engine: 'SHARP', version: '0', reads: IMAGE_FORMATS, writes: IMAGE_FORMATS },
    ];
  }

  stats() {
    return { running: 0, waiting: 0, workers: 1, imagesInFlight: 1 };
  }

  async close(): Promise<void> {}
}
