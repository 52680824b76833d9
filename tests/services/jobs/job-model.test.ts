import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Job } from '../../../src/entities/job.entity.js';
import type { JobItem } from '../../../src/entities/job-item.entity.js';
import { errorOf } from '../../../src/services/jobs/attempt-spans.js';
import { countItems, isEnded, jobStatus } from '../../../src/services/jobs/job-state.js';
import { campaignRuns } from '../../support/campaign.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import { assertProperty } from '../../support/property.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

type Move = 'succeed' | 'refuse' | 'crash' | 'cancel' | 'retry' | 'die';
interface Step {
  move: Move;
  /** Which of the images that are being computed. */
  pick: number;
  /** Turns of the event loop until the next step, in which running work advances. */
  turns: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  move: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Move[]>('succeed', 'refuse', 'crash') },
    { weight: 1, arbitrary: fc.constantFrom<Move[]>('cancel', 'die') },
    { weight: 2, arbitrary: fc.constant<Move>('retry') },
  ),
  pick: fc.nat({ max: 7 }),
  turns: fc.oneof(fc.nat({ max: 6 }), fc.constant(60)),
});
const history = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  workers: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }),
});

eachDatabase(
  'a job under any interleaving of results, failures, crashes, cancels, retries and deaths',
  (databases) => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await databases.open();
    });
    afterAll(() => database.close());

    it('matches its items at every moment, never decreases, and ends with one outcome for each item', async () => {
      await assertProperty(
        fc.asyncProperty(history, async ({ size, workers, steps }) => {
          const world = await JobWorld.open(database, { groupMs: 0 });
          world.run();
          try {
            const owner = await world.user();
            const { id } = await world.create(owner, await world.upload(owner, size), { workers });
            let last = await world.snapshot(id);
            for (const each of steps) {
              await take(world, owner, id, each);
              last = compare(last, await world.snapshot(id));
            }
            await finish(world, id);
            const end = compare(last, await world.snapshot(id));
            expect(isEnded(end.job.status)).toBe(true);
            await world.runner?.close(0);
            const results = end.items.flatMap(({ result }) => result?.id ?? []);
            expect(new Set(results).size).toBe(end.job.completedCount);
            expect(await (await world.images.list(owner, { first: 1 })).totalCount).toBe(
              size + results.length,
            );
            expect(await world.orphans()).toEqual([]);
            expect(world.errors).toEqual([]);
          } finally {
            await world.close();
          }
        }),
        { numRuns: databases.kind === 'SQLITE' ? campaignRuns(40, 400) : campaignRuns(15, 150) },
      );
    });
  },
);

async function take(world: JobWorld, owner: string, id: string, { move, pick, turns }: Step): Promise<void> {
  const { running } = world.compute;
  const call = running[pick % Math.max(1, running.length)];
  if (move === 'die') await world.crash();
  else if (move === 'cancel' || move === 'retry') await ifItMakesSense(world.jobs[move](owner, id));
  else await call?.[move]();
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
}

async function ifItMakesSense(change: Promise<Job>): Promise<void> {
  await change.catch((error) => expect(error).toMatchObject({ code: 'CONFLICT' }));
}

/** Lets every present and later call succeed. */
async function finish(world: JobWorld, id: string): Promise<void> {
  world.compute.onCall = (call) => call.succeed();
  for (const call of world.compute.running) await call.succeed();
  await world.ended(id);
}

interface Observation {
  job: Job;
  items: JobItem[];
}

/** Checks an observation by itself, and against an earlier one. */
function compare(before: Observation, { job, items }: Observation): Observation {
  const counts = countItems(items.map(({ status }) => status));
  expect([job.completedCount, job.failedCount, job.cancelledCount]).toEqual([
    counts.COMPLETED,
    counts.FAILED,
    counts.CANCELLED,
  ]);
  expect(job.status).toBe(jobStatus(counts, job.startedAt !== null));
  expect(job.finishedAt !== null).toBe(isEnded(job.status));
  expect(job.seq).toBeGreaterThanOrEqual(before.job.seq);
  if (JSON.stringify(items) !== JSON.stringify(before.items)) {
    expect(job.seq).toBeGreaterThan(before.job.seq);
  }
  for (const [i, item] of items.entries()) {
    expect(item.result !== null).toBe(item.status === 'COMPLETED');
    expect(errorOf(item) !== null).toBe(item.status === 'FAILED');
    expect(item.endedSeq !== null).toBe(isEnded(item.status));
    expect(item.crashes).toBeLessThanOrEqual(3);
    expect(item.attempts).toBeGreaterThanOrEqual(before.items[i]?.attempts ?? 0);
    if (before.items[i]?.status === 'COMPLETED') {
      expect(item.result?.id).toBe(before.items[i].result?.id);
    }
  }
  return { job, items };
}
