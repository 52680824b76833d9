import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isRetryable } from '../api/error-facts.js';
import { errorText } from '../api/error-text.js';
import type { Again } from './again.js';

export interface Loaded<T> {
  /** The newest answer; undefined before the first. While the next is loaded, the one before stays. */
  value: Signal<T | undefined>;
  /** Why the newest request failed, and what to do; empty otherwise. */
  problem: Signal<string>;
  again: Again;
}

/** Loads data when the page is shown and whenever an input changes; an answer to older inputs is dropped. */
export function useLoad<T>(load: () => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const value = useSignal<T | undefined>(undefined);
  const problem = useSignal('');
  const again = useSignal<(() => void) | undefined>(undefined);
  const round = useSignal(0);
  const fail = (text: string, mayRepeat: boolean) => {
    problem.value = text;
    again.value = mayRepeat ? () => round.value++ : undefined;
  };
  useEffect(() => {
    let isReplaced = false;
    load().then(
      (loaded) => {
        if (isReplaced) return;
        value.value = loaded;
        fail('', false);
      },
      (error) => {
        if (!isReplaced) fail(errorText(error), isRetryable(error));
      },
    );
    return () => {
      isReplaced = true;
    };
  }, [...inputs, round.value]);
  return { value, problem, again };
}
