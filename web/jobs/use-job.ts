import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { JobProgressDocument } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { subscribe } from '../session/session.js';
import { type JobState, reduceJob, UNKNOWN_JOB } from './job.model.js';
import { followRecipe } from './job-recipes.model.js';

export interface LiveJob {
  state: Signal<JobState>;
  connected: Signal<boolean>;
  /** Why the job cannot be followed; undefined while it can. */
  error: Signal<unknown>;
  /** Subscribes again, such as after a retry of an ended job. */
  restart(): void;
}

/** Follows the progress of a job while the page is shown. */
export function useJob(jobId: string): LiveJob {
  const state = useSignal(UNKNOWN_JOB);
  const connected = useSignal(true);
  const error = useSignal<unknown>(undefined);
  const round = useSignal(0);
  useEffect(() => {
    const left = new AbortController();
    state.value = UNKNOWN_JOB;
    error.value = undefined;
    const onConnection = (isConnected: boolean) => {
      if (!left.signal.aborted) connected.value = isConnected;
    };
    const follow = async () => {
      recordRecipe(followRecipe(jobId));
      for await (const event of subscribe(
        JobProgressDocument,
        { jobId },
        { signal: left.signal, onConnection },
      )) {
        // An event of the subscription before this one can still arrive.
        if (left.signal.aborted) return;
        state.value = reduceJob(state.value, { ...event.jobProgress, at: performance.now() });
      }
    };
    follow().catch((problem) => {
      if (!left.signal.aborted) error.value = problem;
    });
    return () => left.abort();
  }, [jobId, round.value]);
  const restart = () => {
    round.value++;
  };
  return { state, connected, error, restart };
}
