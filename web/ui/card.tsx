import type { ComponentChildren } from 'preact';
import styles from './card.module.css';

/** A section of a page with a heading. */
export function Card({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class={styles.card}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface ProblemProps {
  /** Empty while there is none. */
  text: string;
  /** Does again what has failed, where that can succeed. */
  again?: (() => void) | undefined;
}

/** Why something failed, with a button that tries again where that can succeed. Screen readers announce it. */
export function Problem({ text, again }: ProblemProps) {
  return (
    <div class={styles.problem}>
      <p role="alert">{text}</p>
      {text !== '' && again && (
        <button type="button" onClick={again}>
          Retry
        </button>
      )}
    </div>
  );
}
