import { useEffect, useRef } from 'preact/hooks';

/**
 * Returns a ref for an element at the end of a list; calls `onReached` when it comes near the viewport, and again if it
 * is still there after the list has grown to `length`.
 */
export function useReachedEnd(onReached: () => unknown, length: number) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onReached();
      },
      { rootMargin: '600px' },
    );
    if (end.current) observer.observe(end.current);
    return () => observer.disconnect();
  }, [onReached, length]);
  return end;
}
