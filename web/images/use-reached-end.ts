import { useEffect, useRef } from 'preact/hooks';

/** Returns a ref for an element at the end of a list; calls `onReached` whenever it comes near the viewport. */
export function useReachedEnd(onReached: () => unknown) {
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
  }, [onReached]);
  return end;
}
