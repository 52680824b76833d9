import { AppError } from '../../../src/errors.js';
import type {
  Compute,
  ComputeOptions,
  ComputeRequest,
  ComputeResult,
} from '../../../src/execution/compute.js';
import { cancelled, workerLost } from '../../../src/execution/workers/worker-lost.js';
import type { ImageDescription } from '../../../src/imaging/describe-image.js';
import type { EngineInfo, ImageInfo } from '../../../src/imaging/engine-info.js';
import { IMAGE_FORMATS } from '../../../src/imaging/image-format.js';
import type { Storage } from '../../../src/storage/storage.js';

/** A call that runs until the test settles it. */
export class ManualCall {
  settled = false;
  readonly #answer = Promise.withResolvers<ComputeResult>();

  constructor(
    readonly request: ComputeRequest,
    readonly signal: AbortSignal | undefined,
    private readonly storage: Storage,
  ) {
    signal?.addEventListener('abort', () => this.fail(cancelled()));
  }

  get answer(): Promise<ComputeResult> {
    return this.#answer.promise;
  }

  async succeed(): Promise<void> {
    if (this.settled) return;
    this.settled = true;
    const { byteSize } = await this.storage.write(this.request.resultKey, Buffer.from('an image'));
    this.#answer.resolve({ format: 'JPEG', width: 4, height: 3, frames: 1, byteSize, durationMs: 5 });
  }

  fail(error: unknown): void {
    if (this.settled) return;
    this.settled = true;
    this.#answer.reject(error);
  }

  /** Fails because of the image. */
  refuse(): void {
    this.fail(new AppError('UNSUPPORTED_MEDIA', 'Not an image'));
  }

  /** Fails because its worker died. */
  crash(): void {
    this.fail(workerLost('WORKER_EXITED', 'The worker thread ended'));
  }
}

/** A compute host whose calls are settled by the test. */
export class ManualCompute implements Compute {
  /** All calls, in order. */
  readonly calls: ManualCall[] = [];
  /** Called with each new call. */
  onCall: (call: ManualCall) => void = () => undefined;

  constructor(private readonly storage: Storage) {}

  get running(): ManualCall[] {
    return this.calls.filter(({ settled }) => !settled);
  }

  process(request: ComputeRequest, { signal, unwanted }: ComputeOptions = {}): Promise<ComputeResult> {
    const call = new ManualCall(request, signal, this.storage);
    this.calls.push(call);
    // No call starts to compute before the test settles it.
    unwanted?.addEventListener('abort', () => call.fail(cancelled()));
    if (signal?.aborted) call.fail(cancelled());
    else this.onCall(call);
    return call.answer;
  }

  async inspect(): Promise<ImageInfo> {
    return { format: 'JPEG', width: 4, height: 3, frames: 1 };
  }

  async describe(): Promise<ImageDescription> {
    throw workerLost('WORKER_EXITED', 'No description in these tests');
  }

  async engines(): Promise<EngineInfo[]> {
    return [{ engine: 'SHARP', version: '0', reads: IMAGE_FORMATS, writes: ['JPEG', 'PNG'] }];
  }

  async close(): Promise<void> {}
}
