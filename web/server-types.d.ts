/** Names of Node that types of the server depend on. The bundle has nothing of them (tests/web/bundle.test.ts). */
declare module 'node:zlib' {
  export function inflateRawSync(data: Uint8Array): Buffer;
}

interface Buffer extends Uint8Array<ArrayBuffer> {
  readUInt16BE(offset: number): number;
  subarray(begin?: number, end?: number): Buffer;
}

declare const Buffer: { from(text: string, encoding: 'base64'): Buffer };
