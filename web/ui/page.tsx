import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import styles from './page.module.css';

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
  useEffect(() => {
    document.title = `${title} · nogil-bench`;
  }, [title]);
  return (
    <main class={styles.page}>
      <header class={styles.header}>
        <div>
          <h1>{title}</h1>
          {subtitle && <p class={styles.subtitle}>{subtitle}</p>}
        </div>
        <div class={styles.actions}>{actions}</div>
      </header>
      {children}
    </main>
  );
}
