/** The server, which reports its event-loop delay since the last request to its parent. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { startApp } from '../src/app/api-app.js';
import { loadConfig } from '../src/config.js';

/** Between two timers; what is recorded is this and how late the second fired. */
const RESOLUTION_MS = 5;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', () => {
  process.send?.({ p99: delay.percentile(99) / 1e6 - RESOLUTION_MS, max: delay.max / 1e6 - RESOLUTION_MS });
  delay.reset();
});
const app = await startApp(loadConfig(), pino({ level: 'silent' }));
process.on('disconnect', () => app.close().then(() => process.exit()));
process.send?.(app.url);
