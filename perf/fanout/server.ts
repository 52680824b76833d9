/** The server, and a job in its database that changes when the parent process asks for it. */
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { startApp } from '../../src/app/api-app.js';
import { loadConfig } from '../../src/config.js';
import { MemoryProgress } from '../../src/progress/memory.progress.js';
import { type Changed, ITEMS_PER_CHANGE, now, type Request } from './protocol.js';

const config = loadConfig();
const progress = new MemoryProgress();
const app = await startApp(config, pino({ level: 'silent' }), { openProgress: () => progress });
const database = new DatabaseSync(join(config.dataDir, 'nogil-bench.db'));
database.exec('pragma busy_timeout = 5000');
let jobId = '';

function change(): Changed {
  const [row] = database
    .prepare('update job set seq = seq + 1, completed_count = completed_count + ? where id = ? returning seq')
    .all(ITEMS_PER_CHANGE, jobId) as { seq: number }[];
  const seq = row?.seq ?? 0;
  const first = (seq - 1) * ITEMS_PER_CHANGE;
  database
    .prepare(
      "update job_item set status = 'COMPLETED', ended_seq = ? where job_id = ? and position between ? and ?",
    )
    .run(seq, jobId, first, first + ITEMS_PER_CHANGE - 1);
  const at = now();
  progress.publish({ topic: 'job', id: jobId, seq });
  return { seq, at };
}

process.on('message', (request: Request) => {
  switch (request.kind) {
    case 'follow':
      jobId = request.jobId;
      return;
    case 'change':
      process.send?.(change());
      return;
    case 'cpu': {
      const { user, system } = cpuUsage();
      process.send?.((user + system) / 1000);
      return;
    }
    default:
      return request satisfies never;
  }
});
process.on('disconnect', () => app.close().then(() => process.exit()));
process.send?.(app.url);
