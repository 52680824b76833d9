import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { ask, PATIENT_ATTEMPTS, subscribe } from '../../session/session.js';
import { RunDocument, type RunFactsFragment, RunProgressDocument } from '../generated/graphql.js';
import { type RunEvent, type RunState, reduceRun, UNKNOWN_RUN } from './run.model.js';

/** While something is measured, perhaps on this machine, the page changes at most this often, in ms. */
const REDRAW_MS = 1_000;

export interface LiveRun {
  state: Signal<RunState>;
  /** What was asked for, and the machine; undefined until it is loaded. */
  facts: Signal<RunFactsFragment | undefined>;
  connected: Signal<boolean>;
  /** Why the run cannot be followed; undefined while it can. */
  error: Signal<unknown>;
}

/** Follows a run while the page is shown: the stored state first, then its events. */
export function useRun(id: string): LiveRun {
  const state = useSignal(UNKNOWN_RUN);
  const facts = useSignal<RunFactsFragment | undefined>(undefined);
  const connected = useSignal(true);
  const error = useSignal<unknown>(undefined);
  useEffect(() => {
    const left = new AbortController();
    state.value = UNKNOWN_RUN;
    facts.value = undefined;
    error.value = undefined;
    const apply = throttledFold(state, left.signal);
    const load = async (seq: number) => {
      const { benchmark } = await ask(RunDocument, { id }, { attempts: PATIENT_ATTEMPTS });
      if (left.signal.aborted) return;
      facts.value = benchmark;
      apply({ type: 'STORED', seq, cells: benchmark.cells });
    };
    const follow = async () => {
      let wasRunning = false;
      const options = {
        signal: left.signal,
        onConnection: (isConnected: boolean) => {
          connected.value = isConnected;
        },
      };
      for await (const { benchmarkProgress: event } of subscribe(
        RunProgressDocument,
        { benchmarkId: id },
        options,
      )) {
        // Events without a cell are the first after a connection, the start and the end: cells may have been missed.
        const stored = event.cell === null || (event.status === 'RUNNING' && !wasRunning);
        wasRunning = event.status === 'RUNNING';
        if (stored) await load(event.seq);
        apply({ type: 'PROGRESS', ...event });
      }
    };
    follow().catch((problem) => {
      if (!left.signal.aborted) error.value = problem;
    });
    return () => left.abort();
  }, [id]);
  return { state, facts, connected, error };
}

/** Applies events at once, and shows the state at most once a second while the run is measured. */
function throttledFold(shown: Signal<RunState>, signal: AbortSignal): (event: RunEvent) => void {
  let state = UNKNOWN_RUN;
  let shownAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    timer = undefined;
    shownAt = performance.now();
    if (!signal.aborted) shown.value = state;
  };
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (event) => {
    state = reduceRun(state, event);
    if (isBenchmarkEnded(state.status)) {
      clearTimeout(timer);
      return show();
    }
    timer ??= setTimeout(show, Math.max(0, shownAt + REDRAW_MS - performance.now()));
  };
}
