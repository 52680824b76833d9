/** A task module whose workers are ready once the file named in the query of its address exists. */
import { existsSync, writeFileSync } from 'node:fs';
import { eventually } from '../../support/eventually.js';

export { runTask } from './faulty-task.js';

const ready = new URL(import.meta.url).searchParams.get('ready') ?? '';

/** File that a worker writes when it starts. */
export const startedFile = (readyFile: string): string => `${readyFile}.started`;

export async function prepare(): Promise<void> {
  writeFileSync(startedFile(ready), '');
  await eventually(() => existsSync(ready));
}
