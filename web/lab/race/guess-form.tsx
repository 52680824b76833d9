import { useSignal } from '@preact/signals';
import type { RaceVariant } from '../../../src/execution/race.js';
import styles from './guess-form.module.css';
import { type RaceGuess, VARIANT_CHOICES } from './race.model.js';

interface GuessFormProps {
  /** An earlier guess, from which the form starts. */
  guess: RaceGuess | undefined;
  busy: boolean;
  onGuess(guess: RaceGuess): void;
}

const UNDECIDED: RaceGuess = { lostPercent: 0, safe: [] };

/** The question before the experiment. */
export function GuessForm({ guess = UNDECIDED, busy, onGuess }: GuessFormProps) {
  const lost = useSignal(guess.lostPercent);
  const safe = useSignal<readonly RaceVariant[]>(guess.safe);
  const toggle = (variant: RaceVariant, isSafe: boolean) => {
    safe.value = VARIANT_CHOICES.map((choice) => choice.variant).filter((each) =>
      each === variant ? isSafe : safe.value.includes(each),
    );
  };
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onGuess({ lostPercent: lost.value, safe: safe.value });
      }}
    >
      <label class={styles.share}>
        <span>What share of its increments does the counter without synchronisation lose?</span>
        <span class={styles.slider}>
          <input
            type="range"
            min={0}
            max={100}
            value={lost.value}
            aria-valuetext={`${lost.value} %`}
            onInput={(event) => {
              lost.value = event.currentTarget.valueAsNumber;
            }}
          />
          <output>{lost.value} %</output>
        </span>
      </label>
      <fieldset>
        <legend>Which variants lose none?</legend>
        {VARIANT_CHOICES.map(({ variant, summary }) => (
          <label key={variant} class={styles.variant}>
            <input
              type="checkbox"
              checked={safe.value.includes(variant)}
              onChange={(event) => toggle(variant, event.currentTarget.checked)}
            />
            <span>
              <b>{variant}</b>
              <span>{summary}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="primary" disabled={busy}>
        Run the race
      </button>
    </form>
  );
}
