import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** A value that follows another one when that has not changed for a while. The first one is not delayed. */
export function useDebounced<Value>(value: Value, ms: number): Value {
  const settled = useSignal(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      settled.value = value;
    }, ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled.value;
}
