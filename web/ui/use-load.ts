import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { errorText } from '../api/error-text.js';

export interface Loaded<T> {
  /** The newest answer; undefined before the first. While the next is loaded, the one before stays. */
  value: Signal<T | undefined>;
  /** Why the newest request failed, and what to do; empty otherwise. */
  problem: Signal<string>;
}

/** Loads data when the page is shown and whenever an input changes; an answer to older inputs is dropped. */
export function useLoad<T>(load: () => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const value = useSignal<T | undefined>(undefined);
  const problem = useSignal('');
  useEffect(() => {
    let isReplaced = false;
    load().then(
      (loaded) => {
        if (isReplaced) return;
        value.value = loaded;
        problem.value = '';
      },
      (error) => {
        if (!isReplaced) problem.value = errorText(error);
      },
    );
    return () => {
      isReplaced = true;
    };
  }, inputs);
  return { value, problem };
}
