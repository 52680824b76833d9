import { raceChart } from '../../../src/benchmark/charts/race-chart.js';
import { raceSign } from '../../../src/benchmark/charts/signs.js';
import { Chart } from '../../charts/chart.js';
import { FiguresTable } from '../../charts/figures-table.js';
import { Legend } from '../../charts/legend.js';
import { Card } from '../../ui/card.js';
import { countOf, formatTime } from '../../ui/format.js';
import { judgeGuess, type RaceGuess } from './race.model.js';
import styles from './race-page.module.css';
import { guessWords, headline, raceTable } from './race-words.model.js';
import type { Race } from './races.js';
import { RaceReplay } from './replay.js';

interface RaceResultProps {
  race: Race;
  guess: RaceGuess | undefined;
  /** Plays the replay at once. */
  autoplay: boolean;
}

/** What an experiment showed: verdict, replay, chart and figures. */
export function RaceResult({ race, guess, autoplay }: RaceResultProps) {
  const verdict = guess && judgeGuess(guess, race.results);
  const spec = raceChart(race);
  const table = raceTable(race.results, guess);
  return (
    <>
      <section class={styles.answer} aria-labelledby="race-answer">
        <h2 id="race-answer">{headline(race.results)}</h2>
        {guess && verdict && guessWords(guess, verdict).map((sentence) => <p key={sentence}>{sentence}</p>)}
        <p class={styles.quiet}>
          {countOf(race.workers, 'thread')}, {formatTime(race.createdAt)}
        </p>
        <RaceReplay key={race.id} race={race} autoplay={autoplay} />
      </section>
      <Card title="All variants">
        {spec && <Legend signs={race.results.map(({ variant }) => raceSign(variant))} />}
        {spec ? (
          <Chart
            spec={spec}
            title="The counters over time, which is on a logarithmic scale"
            table={table}
            titled
            openTable
          />
        ) : (
          <FiguresTable table={table} />
        )}
      </Card>
    </>
  );
}
