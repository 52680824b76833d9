/** Smaller arrays cost the garbage collector little, and Node hands them out as parts of memory that others use. */
const LEAST_BYTES = 64 * 2 ** 10;

/**
 * Frees the memory of an array at once where it is large and has no other content; the array is then empty. Otherwise V8
 * frees it with the next full garbage collection, and starts one for every few megabytes of arrays that code has created:
 * in a pool of threads one for every seven photos. No native code may still use the memory.
 */
export function freeMemory({ buffer, byteLength }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer) || byteLength !== buffer.byteLength || byteLength < LEAST_BYTES)
    return;
  buffer.transfer(0);
}
