import { useEffect, useState } from 'preact/hooks';

/** Counts up to `length`, by one in each task, so that the page answers between parts that are drawn one by one. */
export function useGrowing(length: number): number {
  const [count, grow] = useState(1);
  useEffect(() => {
    if (count >= length) return;
    const timer = setTimeout(() => grow(count + 1));
    return () => clearTimeout(timer);
  }, [count, length]);
  return count;
}
