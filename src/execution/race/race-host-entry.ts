import { answerParent } from '../child/answer-parent.js';
import type { RaceExperiment, RaceInput } from '../race.js';
import { RACE_VARIANTS } from '../race.js';
import { multiplier, type TimeRepetition } from './race-calibration.js';
import { RaceThreads } from './race-threads.js';
import { summarizeRace } from './summarize-race.js';

answerParent(async (input: RaceInput): Promise<RaceExperiment> => {
  const { workers, incrementsPerWorker, repetitions } = input;
  const threads = new RaceThreads(workers);
  const time: TimeRepetition = async (variant, increments) => (await threads.run(variant, increments)).wallMs;
  const increments = incrementsPerWorker * (await multiplier(time, input));
  const results: RaceExperiment['results'] = [];
  for (const variant of RACE_VARIANTS) {
    const runs = [await threads.run(variant, increments, true)];
    while (runs.length < repetitions) runs.push(await threads.run(variant, increments));
    results.push(summarizeRace(variant, workers * increments, runs));
  }
  await threads.stop();
  return { workers, results };
});
