import { AppError } from '../errors.js';
import type { Compute, ComputeOptions, ComputeRequest, ComputeResult } from '../execution/compute.js';
import type { ImageDescription } from '../imaging/describe-image.js';
import type { EngineInfo, ImageInfo } from '../imaging/engine-info.js';
import type { Metrics } from './metrics.js';

/** Counts and times the images of a compute host. */
export class MeteredCompute implements Compute {
  constructor(
    private readonly compute: Compute,
    private readonly metrics: Metrics,
  ) {}

  async process(request: ComputeRequest, options?: ComputeOptions): Promise<ComputeResult> {
    const { engine, operations } = request;
    const count = (code: string) => {
      for (const { kind } of operations) this.metrics.imageOperations.inc({ engine, kind, code });
    };
    try {
      const result = await this.compute.process(request, options);
      count('OK');
      this.metrics.imageSeconds.observe({ engine }, result.durationMs / 1000);
      return result;
    } catch (error) {
      count(error instanceof AppError ? error.code : 'INTERNAL_SERVER_ERROR');
      throw error;
    }
  }

  inspect(key: string, owner: string, options?: ComputeOptions): Promise<ImageInfo> {
    return this.compute.inspect(key, owner, options);
  }

  describe(key: string, owner: string, options?: ComputeOptions): Promise<ImageDescription> {
    return this.compute.describe(key, owner, options);
  }

  engines(): Promise<EngineInfo[]> {
    return this.compute.engines();
  }

  close(deadlineMs?: number): Promise<void> {
    return this.compute.close(deadlineMs);
  }
}
