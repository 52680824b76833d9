import os from 'node:os';
import { answerParent, PARENT_PID } from '../../execution/child/answer-parent.js';
import { MODELS } from '../../execution/model.js';
import { createExecutor } from '../../execution/models/create-executor.js';
import type { Cell } from '../cell.js';
import type { TracedMeasurement } from '../sample.js';
import type { BenchmarkWork } from '../sample-runner.js';
import { chunked } from './chunks.js';
import { HostMeters } from './host-meters.js';
import { measureSample } from './measure.js';
import { tasksOf } from './tasks.js';

/** The process that measures one sample. */

export interface HostRequest {
  cell: Cell;
  work: BenchmarkWork;
}

answerParent(
  os.constants.priority.PRIORITY_BELOW_NORMAL,
  async ({ cell, work }: HostRequest): Promise<TracedMeasurement> => {
    const executor = createExecutor(cell.model, {
      workers: cell.workers,
      preload: cell.engine ? [cell.engine] : [],
    });
    const tasks = await tasksOf(cell, work);
    const size = cell.sweep?.axis === 'CHUNK_SIZE' && MODELS[cell.model].startsWorkers ? cell.sweep.value : 1;
    return measureSample(executor, chunked(tasks, size), new HostMeters(PARENT_PID));
  },
);
