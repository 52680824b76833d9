import { recordRecipe } from '../../recipes/recent-recipes.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { useAction } from '../../ui/use-action.js';
import { useLoad } from '../../ui/use-load.js';
import { PlanDocument, StartRunDocument } from '../generated/graphql.js';
import { runRecipe } from '../lab-recipes.model.js';
import { costText, withinBudget } from './budget.model.js';
import type { LessonProps } from './lesson-props.js';
import { LessonRun } from './lesson-run.js';
import { LESSONS, numberOf } from './lessons.model.js';
import { QuestionCard } from './question-card.js';

/** A lesson that runs a benchmark. */
export function BenchmarkLesson(props: LessonProps<'BENCHMARK'>) {
  const { name, machine, address, change, experiment } = props;
  const { guess, run } = address;
  const lesson = LESSONS[name];
  const input = withinBudget({
    ...experiment.input(machine),
    name: `Lesson ${numberOf(name)}: ${lesson.title}`,
  });
  const { busy, problem, again, run: act } = useAction();
  const plan = useLoad(async () => (await ask(PlanDocument, { input })).benchmarkPlan, [name]);
  const start = (choice: string) =>
    void act(async () => {
      change({ guess: choice });
      const { runBenchmark } = await ask(StartRunDocument, { input });
      recordRecipe(runRecipe(input));
      change({ run: runBenchmark.id });
    });
  return (
    <>
      <Problem text={problem.value || plan.problem.value} again={again.value ?? plan.again.value} />
      <QuestionCard
        key={run ?? 'QUESTION'}
        lesson={lesson}
        machine={machine}
        guess={guess}
        locked={run !== undefined}
        busy={busy.value}
        cost={plan.value.value && costText(plan.value.value)}
        onRun={start}
      />
      {run !== undefined && <LessonRun key={run} {...props} run={run} />}
    </>
  );
}
