import type { TopLevelSpec } from 'vega-lite';
import type { BenchmarkCell } from '../analysis/cell-summary.js';
import { breakEvenTasks } from '../analysis/curve.js';
import { chart, MODEL_COLOUR, MODEL_SHAPE, mark, QUANTITY_AXIS, quantity } from './chart.js';
import { INK } from './theme.js';
import { bestOfModels, type WorkGroup } from './work-group.js';

/** Start-up and tasks together by number of tasks, for every model at its best. Dots mark where a line crosses SYNC's. */
export function breakEvenChart(group: WorkGroup): TopLevelSpec {
  const best = bestOfModels(group);
  const sync = best.find(({ model }) => model === 'SYNC');
  const seconds = (cell: BenchmarkCell, tasks: number) =>
    (cell.breakdown.startupMs + tasks * cell.perImageMs) / 1000;
  const crossings = best.flatMap((cell) => {
    const tasks = breakEvenTasks(cell, sync);
    return tasks === null ? [] : [{ model: cell.model, tasks, time: seconds(cell, tasks) }];
  });
  const most = Math.max(10, Math.ceil(1.3 * Math.max(0, ...crossings.map(({ tasks }) => tasks))));
  const values = best.flatMap((cell) =>
    [0, most].map((tasks) => ({ model: cell.model, tasks, time: seconds(cell, tasks) })),
  );
  const noun = group.engine === null ? 'tasks' : 'images';
  const x = quantity('tasks', { axis: { ...QUANTITY_AXIS, title: noun, grid: false } });
  const y = quantity('time', { axis: { ...QUANTITY_AXIS, title: 'seconds, start-up included' } });
  return chart(240, values, [
    mark({ type: 'line', strokeWidth: 2 }, { x, y, color: MODEL_COLOUR }),
    ...(crossings.length > 0
      ? [
          mark(
            { type: 'point', filled: true, size: 70, opacity: 1 },
            { x, y, color: MODEL_COLOUR, shape: MODEL_SHAPE },
            crossings,
          ),
          mark(
            { type: 'text', dy: 14, fontSize: 10, color: INK },
            { x, y, text: { field: 'tasks' } },
            crossings,
          ),
        ]
      : []),
  ]);
}
