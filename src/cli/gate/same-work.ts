import type { TaskProbe } from '../../benchmark/measure/probe-task.js';

/** A task module that has been tried. */
export interface TriedModule {
  /** Path as given. */
  label: string;
  probe: Pick<TaskProbe, 'inputs' | 'hashes'>;
}

/**
 * Why two task modules do not do the same work, so that their times cannot be compared; null where the trial shows no
 * difference. It has not the results of all inputs where a second was not enough.
 */
export function otherWorkText(task: TriedModule, against: TriedModule): string | null {
  const both = `${task.label} and ${against.label}`;
  const [now, before] = [task.probe, against.probe];
  if (now.inputs !== before.inputs) return `${both} have ${now.inputs} and ${before.inputs} inputs`;
  if (now.hashes.inputs !== before.hashes.inputs) return `the inputs of ${both} differ`;
  const results = before.hashes.results;
  const differs = now.hashes.results.findIndex((hash, index) => hash !== (results[index] ?? hash));
  return differs < 0 ? null : `the results of ${both} differ on inputs[${differs}]`;
}
