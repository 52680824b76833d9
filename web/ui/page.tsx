import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';
import styles from './page.module.css';
import { useTitle } from './use-title.js';

interface PageProps {
  title: string;
  /** Page that lists this one among others; a link above the title leads there. */
  parent?: { label: string; href: string };
  /** Uses the width of wide screens. Default: false, because long lines are hard to read. */
  wide?: boolean;
  /** One line below the title. */
  subtitle?: ComponentChildren;
  /** Buttons beside the title. */
  actions?: ComponentChildren;
  children: ComponentChildren;
}

/** A page with its heading; sets the title of the document. */
export function Page({ title, parent, wide = false, subtitle, actions, children }: PageProps) {
  useTitle(title);
  return (
    <main class={styles.page} data-wide={wide}>
      <header class={styles.header}>
        <div>
          {parent && (
            <a class={styles.parent} href={parent.href}>
              <Icon name="BACK" /> {parent.label}
            </a>
          )}
          <h1>
            <bdi>{title}</bdi>
          </h1>
          {subtitle && <div class={styles.subtitle}>{subtitle}</div>}
        </div>
        <div class={styles.actions}>{actions}</div>
      </header>
      {children}
    </main>
  );
}
