import { type Signal, useSignal } from '@preact/signals';
import { isRetryable } from '../api/error-facts.js';
import { errorText } from '../api/error-text.js';
import type { Again } from './again.js';

export interface Action {
  busy: Signal<boolean>;
  /** Why the last run failed, and what to do; empty otherwise. */
  problem: Signal<string>;
  again: Again;
  /** Runs work unless it is running already; resolves to whether it succeeded. */
  run(work: () => Promise<void>): Promise<boolean>;
}

/** State of something that a button or a form starts. */
export function useAction(): Action {
  const busy = useSignal(false);
  const problem = useSignal('');
  const again = useSignal<(() => void) | undefined>(undefined);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (busy.value) return false;
    busy.value = true;
    problem.value = '';
    again.value = undefined;
    try {
      await work();
      return true;
    } catch (error) {
      problem.value = errorText(error);
      if (isRetryable(error)) again.value = () => void run(work);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, problem, again, run };
}

/** Text of a field of a submitted form. */
export function fieldOf(event: SubmitEvent, name: string): string {
  return String(new FormData(event.currentTarget as HTMLFormElement).get(name) ?? '');
}
