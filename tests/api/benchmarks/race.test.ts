import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { availableProcessors } from '../../../src/benchmark/measure/meters/processors.js';
import { runRaceExperiment } from '../../../src/execution/race/race-experiment.js';
import type { RaceInput } from '../../../src/execution/race.js';
import type { RunRace } from '../../../src/services/benchmarks/race.service.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const RACE = `mutation ($input: RaceExperimentInput!) {
  runRaceExperiment(input: $input) {
    id createdAt workers
    results { variant expected actual lostPercent lostPercentMax overlapPercent nanosecondsPerIncrement readings { ms value } }
  }
}`;
const LIST =
  'query ($first: Int) { raceExperiments(first: $first) { id createdAt workers results { variant actual } } }';

eachDatabase('the race experiment over the API', (databases) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ databaseUrl: await databases.create() });
  });
  afterAll(() => app.close());

  it('is part of the reports of its user, and of no other', async () => {
    const client = await app.signedIn();
    const input = { workers: 2, incrementsPerWorker: 1000, repetitions: 2, minimumMs: 0 };
    const { runRaceExperiment } = await client.get(RACE, { input });
    expect(runRaceExperiment).toMatchObject({
      workers: 2,
      results: [
        { variant: 'UNSYNCHRONIZED', expected: 2000 },
        { variant: 'ATOMIC', actual: [2000, 2000], lostPercent: 0 },
        { variant: 'LOCKED', actual: [2000, 2000], lostPercent: 0 },
        { variant: 'SHARDED', actual: [2000, 2000], lostPercentMax: 0 },
        { variant: 'PADDED', actual: [2000, 2000] },
        { variant: 'BATCHED', actual: [2000, 2000] },
      ],
    });
    const report = 'mutation { runBenchmark(input: { workload: FIBONACCI }) { id report } }';
    expect((await client.get(report)).runBenchmark.report).toContain('2 threads add to one shared counter');
    const stranger = await app.signedIn();
    expect((await stranger.get(report)).runBenchmark.report).not.toContain('Race experiment');
  });

  it('lists the experiments of the caller, newest first', async () => {
    const client = await app.signedIn();
    const input = { workers: 1, incrementsPerWorker: 10, repetitions: 1, minimumMs: 0 };
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift((await client.get(RACE, { input })).runRaceExperiment.id);
    const { raceExperiments } = await client.get(LIST, { first: 2 });
    expect(raceExperiments.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2));
    expect(raceExperiments[0]).toMatchObject({ workers: 1, createdAt: expect.any(String) });
    const stranger = await app.signedIn();
    expect((await stranger.get(LIST, { first: 20 })).raceExperiments).toEqual([]);
    expect(await client.codeOf(LIST, { first: 0 })).toBe('BAD_USER_INPUT');
    expect(await client.codeOf(LIST, { first: 101 })).toBe('LIMIT_EXCEEDED');
  });

  it('names what is out of bounds', async () => {
    const client = await app.signedIn();
    const answer = await client.ask(RACE, { input: { workers: 0 } });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.workers' });
    expect(await app.client().codeOf(RACE, { input: {} })).toBe('UNAUTHENTICATED');
  });
});

// No row of the experiments is read: one database is enough.
describe('the input of the race experiment', () => {
  let app: TestApp;
  let asked: RaceInput | undefined;
  beforeAll(async () => {
    // Of full length, an experiment keeps every processor busy for a minute.
    const runRace: RunRace = (input) => {
      asked = input;
      return runRaceExperiment({ ...input, repetitions: 1, minimumMs: 0 });
    };
    app = await startTestApp({}, { runRace });
  });
  afterAll(() => app.close());

  it('has defaults for the whole input', async () => {
    const client = await app.signedIn();
    const answer = await client.get('mutation { runRaceExperiment { workers results { expected } } }');
    const workers = Math.min(4, availableProcessors());
    const defaults = { workers, incrementsPerWorker: 100_000, repetitions: 5, minimumMs: 100 };
    expect(asked).toEqual(defaults);
    expect(answer.runRaceExperiment.workers).toBe(workers);
    expect(answer.runRaceExperiment.results).toHaveLength(6);
    expect(answer.runRaceExperiment.results[0].expected % (workers * 100_000)).toBe(0);
    const given = await client.get(RACE, { input: { workers: 4 } });
    expect([given.runRaceExperiment.workers, asked]).toEqual([4, { ...defaults, workers: 4 }]);
    await client.get(RACE, { input: { repetitions: 2, minimumMs: 1 } });
    expect(asked).toEqual({ ...defaults, repetitions: 2, minimumMs: 1 });
  });
});
