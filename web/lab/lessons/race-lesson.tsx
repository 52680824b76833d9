import { BASE_PATH } from '../../app/base-path.js';
import { FiguresTable } from '../../charts/figures-table.js';
import { Problem } from '../../ui/card.js';
import { useLoad } from '../../ui/use-load.js';
import { writeRaceAddress } from '../race/race-address.model.js';
import { RaceWait } from '../race/race-wait.js';
import { raceTable } from '../race/race-words.model.js';
import { loadRace } from '../race/races.js';
import { useRaceRun } from '../race/use-race-run.js';
import { AnswerCard } from './answer-card.js';
import { raceDoubt } from './content/race.model.js';
import type { LessonProps } from './lesson-props.js';
import { LESSONS } from './lessons.model.js';
import { NextLinks } from './next-links.js';
import { QuestionCard } from './question-card.js';
import { useRemembered } from './remembered-lesson.js';

/** A lesson that runs the race experiment. */
export function RaceLesson({ name, machine, address, change, experiment }: LessonProps<'RACE'>) {
  const { guess, run, after } = address;
  const lesson = LESSONS[name];
  const { action, start } = useRaceRun(
    experiment.input,
    after,
    (started) => change({ run: undefined, after: started }),
    (id) => change({ run: id, after: undefined }),
  );
  const loaded = useLoad(async () => (run ? loadRace(run) : undefined), [run]);
  const race = loaded.value.value?.id === run ? loaded.value.value : undefined;
  useRemembered(name, address, race !== undefined);
  return (
    <>
      <Problem
        text={action.problem.value || loaded.problem.value}
        again={action.again.value ?? loaded.again.value}
      />
      <QuestionCard
        key={run ?? 'QUESTION'}
        lesson={lesson}
        machine={machine}
        guess={guess}
        locked={after !== undefined || race !== undefined}
        busy={action.busy.value}
        cost="The race takes less than a minute."
        onRun={(choice) => {
          change({ guess: choice });
          start();
        }}
      />
      {after !== undefined && (
        <RaceWait isSending={action.busy.value} onAgain={start} onStop={() => change({ after: undefined })} />
      )}
      {race && (
        <>
          <AnswerCard
            lesson={lesson}
            machine={machine}
            guess={guess}
            answer={experiment.answer(race.results)}
            doubt={raceDoubt(race.results)}
            onAgain={() => change({ guess: undefined, run: undefined })}
            link={{
              label: 'Watch the counters',
              href: `${BASE_PATH}/lab/race${writeRaceAddress({ guess: undefined, id: race.id, after: undefined })}`,
            }}
          >
            <FiguresTable table={raceTable(race.results, undefined)} />
          </AnswerCard>
          <NextLinks next={lesson.next} />
        </>
      )}
    </>
  );
}
