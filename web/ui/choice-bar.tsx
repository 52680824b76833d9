import styles from './choice-bar.module.css';

interface ChoiceBarProps<Choice extends string> {
  /** What is chosen, for screen readers. */
  label: string;
  /** Words for each choice, in their order. */
  choices: Readonly<Record<Choice, string>>;
  value: Choice;
  onChoose(choice: Choice): void;
}

/** A row of choices of which one is active: a radio group. */
export function ChoiceBar<Choice extends string>({
  label,
  choices,
  value,
  onChoose,
}: ChoiceBarProps<Choice>) {
  return (
    <div class={styles.bar} role="radiogroup" aria-label={label}>
      {(Object.keys(choices) as Choice[]).map((choice) => (
        <label key={choice} class={styles.choice}>
          <input type="radio" name={label} checked={choice === value} onChange={() => onChoose(choice)} />
          <span>{choices[choice]}</span>
        </label>
      ))}
    </div>
  );
}
