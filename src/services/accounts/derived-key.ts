import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** Derives a 256-bit key for one purpose from the server's secret (HKDF-SHA-256, RFC 5869). */
export function deriveKey(secret: string, purpose: string): KeyObject {
  const key = hkdfSync('sha256', secret, '', `nogil-bench/${purpose}/v1`, 32);
  return createSecretKey(new Uint8Array(key));
}
