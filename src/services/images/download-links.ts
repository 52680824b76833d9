import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../errors.js';

/** Signs paths, so that whoever holds a link reads that one object until the link expires. */
export class DownloadLinks {
  private readonly key: Buffer;

  constructor(
    secret: string,
    private readonly lifetimeSeconds: number,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'nogil-bench/download-links/v1', 32));
  }

  /** The path with its expiry and signature. */
  sign(path: string): string {
    const expires = Math.floor(Date.now() / 1000) + this.lifetimeSeconds;
    return `${path}?expires=${expires}&signature=${this.signature(path, expires)}`;
  }

  /** FORBIDDEN when the signature is not ours for this path, or the link has expired. */
  verify(path: string, expires: string, signature: string): void {
    const given = Buffer.from(signature);
    const right = Buffer.from(this.signature(path, Number(expires)));
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      throw new AppError('FORBIDDEN', 'The link is not valid; ask for `url` again');
    }
    if (Number(expires) * 1000 <= Date.now()) {
      throw new AppError('FORBIDDEN', 'The link has expired; ask for `url` again');
    }
  }

  private signature(path: string, expires: number): string {
    return createHmac('sha256', this.key).update(`${expires} ${path}`).digest('base64url');
  }
}
