import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

export interface Replay {
  /** Time since the threads started, in ms of the experiment. */
  atMs: Signal<number>;
  playing: Signal<boolean>;
  /** Plays on; from the beginning after the end. */
  play(): void;
  pause(): void;
  seek(ms: number): void;
}

/** Whether the user asked the system for less motion. */
export const prefersStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Clock of a replay.
 *
 * @param lengthMs of the replay, in ms of the experiment
 * @param slowness ms of the replay for one ms of the experiment
 * @param autoplay begins at once; not for a user who asked for less motion
 */
export function useReplay(lengthMs: number, slowness: number, autoplay: boolean): Replay {
  const starts = autoplay && !prefersStillness();
  const atMs = useSignal(starts ? 0 : lengthMs);
  const playing = useSignal(starts);
  const isPlaying = playing.value;
  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      atMs.value = Math.min(lengthMs, atMs.value + Math.max(0, now - last) / slowness);
      last = now;
      if (atMs.value >= lengthMs) playing.value = false;
      else frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, lengthMs, slowness]);
  return {
    atMs,
    playing,
    play() {
      if (atMs.value >= lengthMs) atMs.value = 0;
      playing.value = true;
    },
    pause() {
      playing.value = false;
    },
    seek(ms) {
      playing.value = false;
      atMs.value = ms;
    },
  };
}
