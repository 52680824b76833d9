import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso/router';
import { RecipesButton } from '../../recipes/recipes-button.js';
import { Card, Problem } from '../../ui/card.js';
import { Page } from '../../ui/page.js';
import { useLoad } from '../../ui/use-load.js';
import { LabPages } from '../lab-pages.js';
import { raceRecipe, racesRecipe } from '../lab-recipes.model.js';
import { GuessForm } from './guess-form.js';
import { type RaceAddress, readRaceAddress, writeRaceAddress } from './race-address.model.js';
import { RaceHistory } from './race-history.js';
import styles from './race-page.module.css';
import { RaceResult } from './race-result.js';
import { RaceWait } from './race-wait.js';
import { loadRace, loadRaces, RACE_WITH_READINGS } from './races.js';
import { useRaceRun } from './use-race-run.js';

/** Experiments in the code to copy. */
const RACES_SHOWN = 10;

/** The race experiment: a guess, the counters as they ran up, all variants, and the experiments so far. */
export default function RacePage() {
  const { path, query, route } = useLocation();
  const address = readRaceAddress(query);
  const { guess, id, after } = address;
  const justRun = useSignal<string | undefined>(undefined);
  const change = (next: Partial<RaceAddress>) =>
    route(`${path}${writeRaceAddress({ ...readRaceAddress(currentQuery()), ...next })}`, true);
  const { action, start } = useRaceRun(
    RACE_WITH_READINGS,
    after,
    (started) => change({ id: undefined, after: started }),
    (ended) => {
      justRun.value = ended;
      change({ id: ended, after: undefined });
    },
  );
  const race = useLoad(async () => (id ? loadRace(id) : undefined), [id]);
  const races = useLoad(loadRaces, [id]);
  const shown = race.value.value?.id === id ? race.value.value : undefined;
  return (
    <Page
      title="Race"
      subtitle="Threads add 1 to the same counter at the same time, in six ways. How much is lost, and what does it cost to lose nothing?"
      actions={
        <>
          <RecipesButton more={() => [raceRecipe(RACE_WITH_READINGS), racesRecipe(RACES_SHOWN)]} />
          <LabPages current="RACE" />
        </>
      }
    >
      <Problem
        text={action.problem.value || race.problem.value || races.problem.value}
        again={action.again.value ?? race.again.value ?? races.again.value}
      />
      <div class={styles.sections}>
        {shown && <RaceResult race={shown} guess={guess} autoplay={justRun.value === shown.id} />}
        {after !== undefined ? (
          <RaceWait
            isSending={action.busy.value}
            onAgain={start}
            onStop={() => change({ after: undefined })}
          />
        ) : (
          <Card title={shown ? 'Guess again' : 'Guess first'}>
            <GuessForm
              key={id}
              guess={guess}
              busy={action.busy.value}
              onGuess={(guessed) => {
                change({ guess: guessed });
                start();
              }}
            />
          </Card>
        )}
        <RaceHistory races={races.value.value} shownId={id} />
      </div>
    </Page>
  );
}

/** Parameters of the address now: a guess may have changed since the page was drawn. */
const currentQuery = (): Record<string, string> => Object.fromEntries(new URL(location.href).searchParams);
