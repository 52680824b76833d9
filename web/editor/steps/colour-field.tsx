import { colourOf, opacityOf, withOpacity } from './colour.model.js';
import styles from './parameter-field.module.css';

interface ColourFieldProps {
  label: string;
  /** `#RRGGBB` or `#RRGGBBAA`. */
  value: string;
  onChange(value: string): void;
}

/** A colour and how opaque it is. */
export function ColourField({ label, value, onChange }: ColourFieldProps) {
  const opacity = opacityOf(value);
  return (
    <div class={styles.field}>
      <span>{label}</span>
      <input
        type="range"
        aria-label={`${label} opacity in percent`}
        min={0}
        max={100}
        value={opacity}
        title={`${opacity} % opaque`}
        onInput={({ currentTarget }) => onChange(withOpacity(colourOf(value), currentTarget.valueAsNumber))}
      />
      <input
        type="color"
        aria-label={label}
        value={colourOf(value)}
        // A chosen colour is meant to be seen.
        onInput={({ currentTarget }) => onChange(withOpacity(currentTarget.value, opacity || 100))}
      />
    </div>
  );
}
