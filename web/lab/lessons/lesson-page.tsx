import { useLocation, useRoute } from 'preact-iso/router';
import { BASE_PATH } from '../../app/base-path.js';
import { RecipesButton } from '../../recipes/recipes-button.js';
import { ask, PATIENT_ATTEMPTS } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { Page } from '../../ui/page.js';
import { useLoad } from '../../ui/use-load.js';
import { LabFactsDocument } from '../generated/graphql.js';
import { raceRecipe, runRecipe } from '../lab-recipes.model.js';
import { BenchmarkLesson } from './benchmark-lesson.js';
import { LESSON_NAMES, type LessonName, type Machine } from './lesson.model.js';
import { type LessonAddress, readLessonAddress, writeLessonAddress } from './lesson-address.model.js';
import styles from './lesson-page.module.css';
import { LESSONS, lessonName, numberOf } from './lessons.model.js';
import { RaceLesson } from './race-lesson.js';

/** One lesson: a question with a guess, a run, and what it shows. */
export default function LessonPage() {
  const name = lessonName(useRoute().params.name ?? '');
  if (!name) {
    return (
      <Page title="No such lesson">
        <p>
          There is no lesson at this address. <a href={`${BASE_PATH}/lab/lessons`}>Go to the lessons</a>.
        </p>
      </Page>
    );
  }
  return <KnownLesson key={name} name={name} />;
}

function KnownLesson({ name }: { name: LessonName }) {
  const lesson = LESSONS[name];
  const machine = useLoad(loadMachine, []);
  const number = numberOf(name);
  return (
    <Page
      title={lesson.title}
      parent={{ label: 'All lessons', href: `${BASE_PATH}/lab/lessons` }}
      subtitle={`Lesson ${number} of ${LESSON_NAMES.length}. ${lesson.summary}`}
      actions={machine.value.value && <LessonRecipes name={name} machine={machine.value.value} />}
    >
      <Problem text={machine.problem.value} again={machine.again.value} />
      {!machine.value.value && !machine.problem.value && <p role="status">Waiting for the server …</p>}
      {machine.value.value && <LessonContent name={name} machine={machine.value.value} />}
    </Page>
  );
}

/** The run of the lesson as code to copy. */
function LessonRecipes({ name, machine }: { name: LessonName; machine: Machine }) {
  const { experiment } = LESSONS[name];
  const recipe = () =>
    experiment.kind === 'RACE' ? raceRecipe(experiment.input) : runRecipe(experiment.input(machine));
  return <RecipesButton more={() => [recipe()]} />;
}

function LessonContent({ name, machine }: { name: LessonName; machine: Machine }) {
  const { path, query, route } = useLocation();
  const lesson = LESSONS[name];
  const address = readLessonAddress(lesson, machine, query);
  const change = (next: Partial<LessonAddress>) => {
    const now = Object.fromEntries(new URL(location.href).searchParams);
    route(`${path}${writeLessonAddress({ ...readLessonAddress(lesson, machine, now), ...next })}`, true);
  };
  const props = { name, machine, address, change };
  return (
    <div class={styles.sections}>
      {lesson.experiment.kind === 'RACE' ? (
        <RaceLesson {...props} experiment={lesson.experiment} />
      ) : (
        <BenchmarkLesson {...props} experiment={lesson.experiment} />
      )}
    </div>
  );
}

async function loadMachine(): Promise<Machine> {
  // A server may be busy, or start again while the page is opened.
  const { serverInfo } = await ask(LabFactsDocument, {}, { attempts: PATIENT_ATTEMPTS });
  return { processors: serverInfo.availableParallelism, maxWorkers: serverInfo.limits.maxWorkers };
}
