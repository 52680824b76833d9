// Computes until a time is over: two threads take half as long on two processors, however fast those are.

/** Milliseconds. */
export const inputs = [100];

export default function spin(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
  return milliseconds;
}
