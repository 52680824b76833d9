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

/** Error of a form; empty while there is none. Screen readers announce it. */
export function Problem({ text }: { text: string }) {
  return (
    <p role="alert" class={styles.problem}>
      {text}
    </p>
  );
}
