import { AppError } from '../../errors.js';
import type { ConcurrencyModel } from '../../execution/model.js';
import { type Cell, workKey } from '../cell.js';
import type { OtherResult, TracedMeasurement, UserTaskHashes } from '../sample.js';

/** Compares each sample of a task of the user's with the first sample of the same work. */
export class UserTaskReference {
  readonly #first = new Map<string, { model: ConcurrencyModel; hashes: UserTaskHashes }>();

  /** @param name of the task, for errors */
  constructor(private readonly name: string) {}

  /**
   * Returns the measurement without its hashes, and with the first input whose result differs.
   *
   * @throws AppError PROCESSING_FAILED where the inputs differ from one process to the next
   */
  compared(cell: Cell, { userTask: hashes, ...measurement }: TracedMeasurement): TracedMeasurement {
    if (hashes === undefined) return measurement;
    const key = workKey(cell);
    const first = this.#first.get(key);
    if (first === undefined) {
      this.#first.set(key, { model: cell.model, hashes });
      return measurement;
    }
    if (first.hashes.inputs !== hashes.inputs) {
      const message = `Task ${this.name} failed: its inputs differ from one process to the next; make them the same each time, such as with a seeded generator`;
      throw new AppError('PROCESSING_FAILED', message);
    }
    const input = hashes.results.findIndex((hash, index) => hash !== first.hashes.results[index]);
    const otherResult: OtherResult = { input, model: first.model };
    return input < 0 ? measurement : { ...measurement, otherResult };
  }
}
