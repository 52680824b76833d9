import { useMemo } from 'preact/hooks';
import { BASE_PATH } from '../../app/base-path.js';
import { FiguresTable } from '../../charts/figures-table.js';
import { Problem } from '../../ui/card.js';
import { useLoad } from '../../ui/use-load.js';
import type { RunFactsFragment } from '../generated/graphql.js';
import { ChartSections } from '../result/sections.js';
import { failureText } from '../run/failure.model.js';
import { cellsOf, type RunState } from '../run/run.model.js';
import { loadRunResult } from '../run/run-result.js';
import { viewOf } from '../run/run-view.model.js';
import { AnswerCard } from './answer-card.js';
import { shortenedText } from './budget.model.js';
import { cellsTable } from './cell-words.model.js';
import { CHART_TEXTS } from './content/chart-texts.model.js';
import { doubtText } from './doubt.model.js';
import type { LessonProps } from './lesson-props.js';
import { LESSONS } from './lessons.model.js';
import { NextLinks } from './next-links.js';
import { ReadingNote } from './reading-note.js';
import { useRemembered } from './remembered-lesson.js';

interface LessonResultProps extends LessonProps<'BENCHMARK'> {
  run: string;
  state: RunState;
  facts: RunFactsFragment;
  /** Begins the lesson again. */
  onAgain(): void;
}

/** What the run of a lesson showed, once it has ended. */
export function LessonResult(props: LessonResultProps) {
  const { name, machine, address, experiment, run, state, facts, onAgain } = props;
  const { status } = state;
  const lesson = LESSONS[name];
  const { value: result, problem, again } = useLoad(() => loadRunResult(run), [run]);
  useRemembered(name, address, status === 'COMPLETED');
  const stored = result.value;
  const processors = facts.environment?.availableParallelism ?? machine.processors;
  const cells = useMemo(() => cellsOf(state), [state]);
  const view = useMemo(
    () => viewOf({ cells, status, processors, ...stored }),
    [cells, status, processors, stored],
  );
  if (!stored) return <Problem text={problem.value} again={again.value} />;

  const measuredOn = { ...machine, processors };
  const curves = stored.analysis.scaling.flatMap(({ usl }) => usl ?? []);
  const answer = experiment.answer(cells, measuredOn, { curves });
  const ended = status === 'COMPLETED' ? shortenedText(facts.repetitions) : endText(status, facts.error);
  return (
    <>
      <Problem text={status === 'COMPLETED' ? '' : ended} />
      <AnswerCard
        lesson={lesson}
        machine={measuredOn}
        guess={address.guess}
        answer={answer}
        doubt={doubtText(cells, status)}
        note={
          <>
            <ReadingNote /> The run decides a question only where the intervals leave no doubt.{' '}
            {status === 'COMPLETED' && ended}
          </>
        }
        onAgain={onAgain}
        link={{ label: 'All figures of this run', href: `${BASE_PATH}/lab/${run}` }}
      >
        <FiguresTable table={cellsTable(cells)} />
      </AnswerCard>
      <ChartSections view={view} ids={experiment.charts} texts={CHART_TEXTS} />
      <NextLinks next={lesson.next} />
    </>
  );
}

/** Why a run has fewer samples than planned. */
function endText(status: RunState['status'], error: RunFactsFragment['error']): string {
  if (status === 'CANCELLED') return 'The run was cancelled, so that samples are missing.';
  return `The run failed, so that samples are missing. ${error ? failureText(error) : ''}`;
}
