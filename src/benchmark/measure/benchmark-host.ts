import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { answerParent, PARENT_PID } from '../../execution/child/answer-parent.js';
import type { Task } from '../../execution/executor.js';
import { createExecutor } from '../../execution/models/create-executor.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import type { Cell } from '../cell.js';
import type { Measurement } from '../sample.js';
import type { BenchmarkWork } from '../sample-runner.js';
import { HostMeters } from './host-meters.js';
import { measureSample } from './measure.js';

/** The process that measures one sample, and nothing before or after it. */

export interface HostRequest {
  cell: Cell;
  work: BenchmarkWork;
}

answerParent(
  os.constants.priority.PRIORITY_BELOW_NORMAL,
  async ({ cell, work }: HostRequest): Promise<Measurement> => {
    const executor = createExecutor(cell.model, {
      workers: cell.workers,
      preload: cell.engine ? [cell.engine] : [],
    });
    const units = await distinctTasks(work, cell.engine);
    const tasks = Array.from({ length: cell.imageCount }, (_, index) => units[index % units.length]);
    return measureSample(
      executor,
      tasks.filter((task) => task !== undefined),
      new HostMeters(PARENT_PID),
    );
  },
);

async function distinctTasks(work: BenchmarkWork, engine: ImageEngineName | null): Promise<Task[]> {
  if (work.workload === 'FIBONACCI') return [{ kind: 'FIBONACCI', n: work.n }];
  if (engine === null) throw new TypeError('Work on images needs an engine');
  const sources = await Promise.all(work.sourcePaths.map((path) => readFile(path)));
  const { operations, limits } = work;
  return sources.map((bytes): Task => ({ kind: 'IMAGE', bytes, engine, operations, limits }));
}
