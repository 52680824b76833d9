import { cpus } from 'node:os';

/** Share of the time of all processors of the machine, 0 to 1, in which they were idle while the work ran. */
export async function idleShare<T>(work: () => Promise<T>): Promise<{ result: T; idle: number }> {
  const before = processorTimes();
  const result = await work();
  const after = processorTimes();
  return { result, idle: (after.idle - before.idle) / (after.all - before.all) };
}

function processorTimes(): { idle: number; all: number } {
  const times = cpus().map((processor) => processor.times);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    idle: sum(times.map(({ idle }) => idle)),
    all: sum(times.flatMap((each) => Object.values(each))),
  };
}
