import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../errors.js';

/** Signs paths: a signed link grants access to one object until it expires. */
export class DownloadLinks {
  /** A key object: of bytes, Node makes one for each signature, which takes longer than to sign. */
  private readonly key: KeyObject;

  constructor(
    secret: string,
    private readonly lifetimeSeconds: number,
  ) {
    const key = hkdfSync('sha256', secret, '', 'nogil-bench/download-links/v1', 32);
    this.key = createSecretKey(Buffer.from(key));
  }

  /** Returns the path with its expiry and signature. */
  sign(path: string): string {
    return this.#signed(path, Math.floor(Date.now() / 1000) + this.lifetimeSeconds);
  }

  /**
   * Returns the path with an expiry rounded up to a whole lifetime, so that the address stays the same for that long and
   * browsers find it in their cache.
   */
  signStable(path: string): string {
    const window = Math.max(1, this.lifetimeSeconds);
    return this.#signed(path, (Math.floor(Date.now() / 1000 / window) + 2) * window);
  }

  #signed(path: string, expires: number): string {
    return `${path}?expires=${expires}&signature=${this.signature(path, expires)}`;
  }

  /** Throws FORBIDDEN for a signature that does not belong to this path, or an expired link. */
  verify(path: string, expires: string, signature: string): void {
    const given = Buffer.from(signature);
    const right = Buffer.from(this.signature(path, expires));
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      throw new AppError('FORBIDDEN', 'The link is not valid; request a new one');
    }
    if (Number(expires) * 1000 <= Date.now()) {
      throw new AppError('FORBIDDEN', 'The link has expired; request a new one');
    }
  }

  private signature(path: string, expires: number | string): string {
    return createHmac('sha256', this.key).update(`${expires} ${path}`).digest('base64url');
  }
}
