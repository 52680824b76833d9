import type { ComponentChildren } from 'preact';
import { unbroken } from '../../ui/unbroken.js';
import styles from './section.module.css';

interface SectionProps {
  /** Of its heading, and of the link to it. */
  id: string;
  title: string;
  /** How to read it. */
  text?: string | undefined;
  children: ComponentChildren;
}

/** A part of a result. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section class={styles.section} aria-labelledby={id}>
      <h2 id={id}>
        <bdi>{title}</bdi>
      </h2>
      {text && <p class={styles.text}>{unbroken(text)}</p>}
      {children}
    </section>
  );
}
