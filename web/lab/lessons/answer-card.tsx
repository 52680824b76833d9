import type { ComponentChildren } from 'preact';
import { unbroken } from '../../ui/unbroken.js';
import {
  type Answer,
  explanationOf,
  type GuessVerdict,
  judge,
  type Lesson,
  type Machine,
} from './lesson.model.js';
import styles from './lesson-page.module.css';
import { useScrollTo } from './use-scroll-to.js';

interface AnswerCardProps {
  lesson: Lesson;
  machine: Machine;
  guess: string | undefined;
  answer: Answer<string>;
  /** How to read the figures. */
  note?: ComponentChildren;
  /** Why the figures decide nothing, where they do not. */
  doubt: string;
  /** Begins the lesson again. */
  onAgain(): void;
  /** Page with more about this run. */
  link: { label: string; href: string };
  /** Charts and tables. */
  children: ComponentChildren;
}

const VERDICTS: Record<GuessVerdict, string> = {
  RIGHT: 'Your guess was right',
  WRONG: 'It is not as you guessed',
  UNDECIDED: 'Not decided',
};

/** The figures of a run against the guess, and the two sentences that explain them. */
export function AnswerCard({
  lesson,
  machine,
  guess,
  answer,
  note,
  doubt,
  onAgain,
  link,
  children,
}: AnswerCardProps) {
  const heading = useScrollTo<HTMLHeadingElement>();
  const choices = lesson.choices(machine);
  const explanation = explanationOf(lesson, answer) ?? [doubt, `What we expected: ${lesson.expected}`];
  return (
    <section class={`${styles.card} ${styles.answer}`} aria-labelledby="answer">
      <div role="status">
        <h2 id="answer" ref={heading}>
          {guess === undefined ? 'What was measured' : VERDICTS[judge(answer, guess)]}
        </h2>
      </div>
      <p class={styles.measured}>{unbroken(answer.measured)}</p>
      {note && <p class={styles.note}>{note}</p>}
      {guess !== undefined && (
        <dl class={styles.facts}>
          <div>
            <dt>You guessed</dt>
            <dd>{choices[guess]}</dd>
          </div>
          <div>
            <dt>The figures say</dt>
            <dd>
              {answer.choices.length === 0
                ? 'Not decided by this run'
                : answer.choices.map((choice) => choices[choice]).join('; or: ')}
            </dd>
          </div>
        </dl>
      )}
      {answer.facts.length > 0 && (
        <dl class={styles.facts}>
          {answer.facts.map(({ label, value }) => (
            <div key={label + value}>
              <dt>{label}</dt>
              <dd>{unbroken(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class={styles.explanation}>{unbroken(explanation.join(' '))}</p>
      {children}
      <div class={styles.actions}>
        <button type="button" onClick={onAgain}>
          Guess and run again
        </button>
        <a class="button" href={link.href}>
          {link.label}
        </a>
      </div>
    </section>
  );
}
