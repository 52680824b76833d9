import type { Browser, Page } from 'playwright-core';

/** A task of the main thread of a page. */
export interface MainThreadTask {
  /** From its start to its end. */
  wallMs: number;
  /** Processor time, which other programs of the machine do not lengthen much. */
  processorMs: number;
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

const TASK = 'ThreadControllerImpl::RunTask';

/** Records the tasks of the main thread of a page until the returned function is called. */
export async function recordMainThread(
  browser: Browser,
  page: Page,
): Promise<() => Promise<MainThreadTask[]>> {
  await browser.startTracing(page, { categories: ['toplevel'] });
  return async () => tasksOf(JSON.parse((await browser.stopTracing()).toString()).traceEvents);
}

/** The tasks of the busiest main thread of a renderer: other pages do nothing meanwhile. */
function tasksOf(events: readonly TraceEvent[]): MainThreadTask[] {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const [busiest = []] = mains
    .map(({ pid, tid }) => events.filter((one) => one.name === TASK && one.pid === pid && one.tid === tid))
    .toSorted((a, b) => b.length - a.length);
  return busiest.map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1_000, processorMs: tdur / 1_000 }));
}
