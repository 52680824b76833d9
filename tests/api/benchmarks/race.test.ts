import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const RACE = `mutation ($input: RaceExperimentInput!) {
  runRaceExperiment(input: $input) { workers results { variant expected actual lostPercent nanosecondsPerIncrement } }
}`;

eachDatabase('the race experiment over the API', (databases) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ databaseUrl: await databases.create() });
  });
  afterAll(() => app.close());

  it('loses nothing where threads are synchronised, and stands in the reports of its user', async () => {
    const client = await app.signedIn();
    const input = { workers: 2, incrementsPerWorker: 1000, repetitions: 2 };
    const { runRaceExperiment } = await client.get(RACE, { input });
    expect(runRaceExperiment).toMatchObject({
      workers: 2,
      results: [
        { variant: 'UNSYNCHRONIZED', expected: 2000 },
        { variant: 'ATOMIC', actual: [2000, 2000], lostPercent: 0 },
        { variant: 'LOCKED', actual: [2000, 2000], lostPercent: 0 },
      ],
    });
    const report = 'mutation { runBenchmark(input: { workload: FIBONACCI }) { id report } }';
    expect((await client.get(report)).runBenchmark.report).toContain('2 threads add to one shared counter');
    const stranger = await app.signedIn();
    expect((await stranger.get(report)).runBenchmark.report).not.toContain('Race experiment');
  });

  it('has defaults for all that is left out', async () => {
    const client = await app.signedIn();
    const { runRaceExperiment } = await client.get(
      'mutation { runRaceExperiment { workers results { expected } } }',
    );
    expect(runRaceExperiment).toMatchObject({ workers: 4, results: [{ expected: 400_000 }, {}, {}] });
  });

  it('names what is out of bounds', async () => {
    const client = await app.signedIn();
    const answer = await client.ask(RACE, { input: { workers: 0 } });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.workers' });
    expect(await app.client().codeOf(RACE, { input: {} })).toBe('UNAUTHENTICATED');
  });
});
