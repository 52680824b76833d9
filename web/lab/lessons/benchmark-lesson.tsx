import { ask } from '../../session/session.js';
import { Problem } from '../../ui/card.js';
import { countOf, formatDuration } from '../../ui/format.js';
import { useAction } from '../../ui/use-action.js';
import { useLoad } from '../../ui/use-load.js';
import { PlanDocument, type RunBenchmarkInput, StartRunDocument } from '../generated/graphql.js';
import type { LessonProps } from './lesson-props.js';
import { LessonRun } from './lesson-run.js';
import { LESSONS, numberOf } from './lessons.model.js';
import { QuestionCard } from './question-card.js';

/** Time that lessons are made for, in seconds. */
const LONGEST_S = 30;

/** A lesson that runs a benchmark. */
export function BenchmarkLesson(props: LessonProps<'BENCHMARK'>) {
  const { name, machine, address, change, experiment } = props;
  const { guess, run } = address;
  const lesson = LESSONS[name];
  const input: RunBenchmarkInput = {
    ...experiment.input(machine),
    name: `Lesson ${numberOf(name)}: ${lesson.title}`,
  };
  const { busy, problem, run: act } = useAction();
  const plan = useLoad(async () => (await ask(PlanDocument, { input })).benchmarkPlan, [name]);
  const start = (choice: string) =>
    void act(async () => {
      change({ guess: choice });
      const { runBenchmark } = await ask(StartRunDocument, { input });
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

function costText({
  totalSamples,
  estimatedSeconds,
}: {
  totalSamples: number;
  estimatedSeconds: number | null;
}): string {
  const samples = countOf(totalSamples, 'sample');
  if (estimatedSeconds === null) return `${samples}. The first run shows how long they take on this server.`;
  const time = formatDuration(estimatedSeconds * 1_000);
  const more = estimatedSeconds > LONGEST_S ? ': this server is slower than lessons are made for' : '';
  return `${samples}, about ${time}${more}.`;
}
