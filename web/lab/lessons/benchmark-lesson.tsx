import { recordRecipe } from '../../recipes/recent-recipes.js';
import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { countOf, formatDuration } from '../../ui/format.js';
import { useAction } from '../../ui/use-action.js';
import { useLoad } from '../../ui/use-load.js';
import { PlanDocument, type RunBenchmarkInput, StartRunDocument } from '../generated/graphql.js';
import { runRecipe } from '../lab-recipes.model.js';
import { LONGEST_S, type Plan, withinBudget } from './budget.model.js';
import type { LessonProps } from './lesson-props.js';
import { LessonRun } from './lesson-run.js';
import { LESSONS, numberOf } from './lessons.model.js';
import { QuestionCard } from './question-card.js';

/** A lesson that runs a benchmark. */
export function BenchmarkLesson(props: LessonProps<'BENCHMARK'>) {
  const { name, machine, address, change, experiment } = props;
  const { guess, run } = address;
  const lesson = LESSONS[name];
  const wanted: RunBenchmarkInput = {
    ...experiment.input(machine),
    name: `Lesson ${numberOf(name)}: ${lesson.title}`,
  };
  const { busy, problem, run: act } = useAction();
  const plan = useLoad(
    async () => withinBudget((await ask(PlanDocument, { input: wanted })).benchmarkPlan),
    [name],
  );
  const start = (choice: string) =>
    void act(async () => {
      change({ guess: choice });
      const repetitions = plan.value.value?.repetitions;
      const input = { ...wanted, ...(repetitions !== undefined && { repetitions }) };
      const { runBenchmark } = await ask(StartRunDocument, { input });
      recordRecipe(runRecipe(input));
      change({ run: runBenchmark.id });
    });
  return (
    <>
      <Problem text={problem.value || plan.problem.value} />
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

function costText({ totalSamples, estimatedSeconds }: Plan): string {
  const samples = countOf(totalSamples, 'sample');
  if (estimatedSeconds === null) return `${samples}. The first run shows how long they take on this server.`;
  const time = formatDuration(estimatedSeconds * 1_000);
  const more = estimatedSeconds > LONGEST_S ? ': this server is slower than lessons are made for' : '';
  return `${samples}, about ${time}${more}.`;
}
