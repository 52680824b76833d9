import type { ComponentChildren } from 'preact';
import styles from './page.module.css';
import { useTitle } from './use-title.js';

interface PageProps {
  title: string;
  /** One line below the title. */
  subtitle?: ComponentChildren;
  /** Buttons beside the title. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page with its heading; sets the title of the document. */
export function Page({ title, subtitle, actions, children }: PageProps) {
  useTitle(title);
  return (
    <main class={styles.page}>
      <header class={styles.header}>
        <div>
          <h1>{title}</h1>
          {subtitle && <div class={styles.subtitle}>{subtitle}</div>}
        </div>
        <div class={styles.actions}>{actions}</div>
      </header>
      {children}
    </main>
  );
}
