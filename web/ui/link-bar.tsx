import styles from './link-bar.module.css';

interface LinkBarProps {
  /** What the pages have in common, for screen readers. */
  label: string;
  links: readonly { label: string; href: string }[];
  /** Address of the page that is shown. */
  current: string;
}

/** Links to pages that belong together, in a row; the current one is marked. */
export function LinkBar({ label, links, current }: LinkBarProps) {
  return (
    <nav class={styles.bar} aria-label={label}>
      {links.map((link) => (
        <a key={link.href} href={link.href} aria-current={link.href === current ? 'page' : undefined}>
          {link.label}
        </a>
      ))}
    </nav>
  );
}
