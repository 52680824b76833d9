import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Lesson, Machine } from './lesson.model.js';
import styles from './question-card.module.css';

interface QuestionCardProps {
  lesson: Lesson;
  machine: Machine;
  /** The guess so far. */
  guess: string | undefined;
  /** The run goes on or has ended: the guess stays as it is. */
  locked: boolean;
  busy: boolean;
  /** Size and duration of the run. */
  cost: ComponentChildren;
  onRun(guess: string): void;
}

/** The words that a lesson needs, its question, and the guess. */
export function QuestionCard({ lesson, machine, guess, locked, busy, cost, onRun }: QuestionCardProps) {
  const chosen = useSignal(guess);
  const limits = lesson.limits(machine);
  const paragraphs = lesson.question(machine);
  const question = paragraphs.at(-1);
  return (
    <section class={styles.card} aria-labelledby="question">
      <dl class={styles.terms}>
        {lesson.terms.map(({ word, meaning }) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <form
        class={styles.question}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.value !== undefined) onRun(chosen.value);
        }}
      >
        {paragraphs.slice(0, -1).map((text) => (
          <p key={text}>{text}</p>
        ))}
        <fieldset disabled={locked}>
          <legend>
            <h2 id="question">{question}</h2>
          </legend>
          {Object.entries(lesson.choices(machine)).map(([choice, words]) => (
            <label key={choice} class={styles.choice}>
              <input
                type="radio"
                name="guess"
                required
                checked={chosen.value === choice}
                onChange={() => {
                  chosen.value = choice;
                }}
              />
              <span>{words}</span>
            </label>
          ))}
        </fieldset>
        {limits && <p class={styles.limits}>{limits}</p>}
        {!locked && (
          <div class={styles.start}>
            <button type="submit" class="primary" disabled={busy || chosen.value === undefined}>
              Run it on this server
            </button>
            <span class={styles.cost}>{chosen.value === undefined ? 'Guess first, then run it.' : cost}</span>
          </div>
        )}
      </form>
    </section>
  );
}
