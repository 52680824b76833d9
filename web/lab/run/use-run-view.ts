import { useEffect, useState } from 'preact/hooks';
import { type RunView, type ViewInput, viewOf } from './run-view.model.js';

/**
 * What the page shows of a run. The intervals are computed in a task of their own, and drawn in the next one, so that no
 * frame waits for both.
 */
export function useRunView(input: ViewInput): RunView {
  const { cells, status, processors, analysis, courses, isComplete } = input;
  const [view, show] = useState(() => viewOf(input));
  useEffect(() => {
    let timer = setTimeout(() => {
      const next = viewOf(input);
      timer = setTimeout(() => show(next));
    });
    return () => clearTimeout(timer);
  }, [cells, status, processors, analysis, courses, isComplete]);
  return view;
}
