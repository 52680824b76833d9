import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { JobLog } from '../../src/app/job-log.js';

let lines: [string, object][];
let log: JobLog;
beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  log = new JobLog({ info: (facts: object, message: string) => lines.push([message, facts]) } as never);
});
afterEach(() => {
  jest.useRealTimers();
});

const start = () => log.record({ kind: 'STARTED', jobId: 'a' });
const pause = (completed: number, failed = 0) =>
  log.record({ kind: 'PAUSED', jobId: 'a', completed, failed });

it('has one line for the start and one for the end of a job, with what was done', () => {
  start();
  pause(3, 1);
  jest.runAllTimers();
  expect(lines).toEqual([
    ['job started here', { jobId: 'a' }],
    ['job ended here', { jobId: 'a', completed: 3, failed: 1, ms: expect.any(Number) }],
  ]);
});

it('counts chunks that follow one another as one job', () => {
  start();
  pause(3);
  jest.advanceTimersByTime(500);
  start();
  jest.advanceTimersByTime(5_000);
  pause(4);
  jest.runAllTimers();
  expect(lines.map(([message]) => message)).toEqual(['job started here', 'job ended here']);
  expect(lines[1]?.[1]).toMatchObject({ completed: 7 });
});

it('logs a job that ends with the process', () => {
  start();
  pause(2);
  log.close();
  expect(lines).toHaveLength(2);
  jest.runAllTimers();
  expect(lines).toHaveLength(2);
});
