import type { ImageEngineName } from '../../imaging/engine-name.js';
import { FORMATS } from '../../imaging/image-format.js';
import type { ComputeRequest } from '../compute.js';
import type { HostSettings } from './compute-protocol.js';
import { pixelMemory, pixelMemoryLimit, SMALL_BYTES } from './memory-estimate.js';

/** What the computation of an image takes of a compute host. */
export interface ImageCost {
  /** Slots of the scheduler. */
  slots: number;
  /** Estimated bytes of its pixels at their peak; 0: too few to count. */
  memoryBytes: number;
  /** Resident memory in MiB that a worker process may take meanwhile; default: no limit. */
  memoryLimitMb?: number | undefined;
}

/** What a worker process takes with a small image, and some more, in MiB. */
const LEAST_MEGABYTES = 256;

/** True if an image keeps one processor busy from decode to encode. */
const FILLS_PROCESSOR: Record<ImageEngineName, boolean> = {
  JIMP: true,
  // libvips passes each strip of an image from one thread to another and waits, so that one image for each processor
  // leaves them idle now and then (`npm run perf pools`).
  SHARP: false,
};

/**
 * Prices images in slots, so that `workers` images run at the same time of those that fill a processor each or take much
 * memory, and `imagesInFlight` of all others. A mix of both takes a mix of slots.
 */
export class ImagePricing {
  /** Slots of the scheduler. */
  readonly slots: number;

  constructor(private readonly settings: Pick<HostSettings, 'workers' | 'imagesInFlight' | 'hostMemoryMb'>) {
    this.slots = settings.workers * settings.imagesInFlight;
  }

  costOf(request: ComputeRequest): ImageCost {
    const { workers, imagesInFlight, hostMemoryMb } = this.settings;
    const bytes = pixelMemory(request);
    const takesMuch = bytes > pixelMemoryLimit(hostMemoryMb) / imagesInFlight;
    const atOnce = takesMuch || fillsProcessor(request) ? workers : imagesInFlight;
    return {
      slots: this.slots / atOnce,
      // Together, small images take no more memory with many in flight than with one for each worker.
      memoryBytes: bytes < (SMALL_BYTES * workers) / atOnce ? 0 : bytes,
      memoryLimitMb: Math.max(hostMemoryMb / atOnce, Math.min(hostMemoryMb / workers, LEAST_MEGABYTES)),
    };
  }
}

function fillsProcessor({ engine, source, operations }: ComputeRequest): boolean {
  const convert = operations.findLast((operation) => operation.kind === 'CONVERT');
  return FILLS_PROCESSOR[engine] || FORMATS[convert?.params.format ?? source.format].slowToEncode;
}
