import { useEffect, useRef } from 'preact/hooks';
import { isUnanswered } from '../../../src/client/graphql-request.js';
import { AppError } from '../../../src/errors.js';
import { type Action, useAction } from '../../ui/use-action.js';
import type { RaceExperimentInput } from '../generated/graphql.js';
import { NO_EXPERIMENT, startedAfter } from './race-address.model.js';
import { loadRaces, newestRace, runRace } from './races.js';

/** Pause between two looks for the result of an experiment, in ms. */
const POLL_MS = 1_500;

export interface RaceRun {
  action: Action;
  start(): void;
}

/**
 * Runs an experiment over reloads and lost connections. The server stores the result also where the answer is lost, so
 * that the page remembers the newest experiment before the start, and looks for the one after it.
 *
 * @param input of the experiment
 * @param after id of the newest experiment before the start; undefined while none runs
 * @param onStart keeps that id in the address
 * @param onEnd shows the result
 */
export function useRaceRun(
  input: RaceExperimentInput,
  after: string | undefined,
  onStart: (after: string) => void,
  onEnd: (id: string | undefined) => void,
): RaceRun {
  const action = useAction();
  const waitsFor = useRef(after);
  waitsFor.current = after;
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const end = (started: string, id: string | undefined) => {
    if (isShown.current && waitsFor.current === started) onEnd(id);
  };
  useEffect(() => {
    if (after === undefined) return;
    const timer = setInterval(() => {
      loadRaces().then(
        (races) => {
          const id = startedAfter(
            races.map((race) => race.id),
            after,
          );
          if (id !== undefined) end(after, id);
        },
        // The next look may succeed.
        () => undefined,
      );
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [after]);

  const start = () =>
    void action.run(async () => {
      const started = (await newestRace()) ?? NO_EXPERIMENT;
      onStart(started);
      waitsFor.current = started;
      try {
        end(
          started,
          await afterOthers(
            () => runRace(input),
            () => isShown.current && waitsFor.current === started,
          ),
        );
      } catch (error) {
        // The answer may have been lost on its way: the experiment goes on, and the page finds its result.
        if (isUnanswered(error)) return;
        end(started, undefined);
        throw error;
      }
    });
  return { action, start };
}

/** Starts again while another measurement runs on the machine: the server refuses, and names a time to wait. */
async function afterOthers<Id>(run: () => Promise<Id>, isWanted: () => boolean): Promise<Id> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const pauseMs = error instanceof AppError ? error.details.retryAfterMs : undefined;
      if (typeof pauseMs !== 'number' || !isWanted()) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
