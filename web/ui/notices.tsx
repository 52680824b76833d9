import { signal } from '@preact/signals';
import styles from './notices.module.css';

interface Notice {
  id: number;
  text: string;
  kind: 'INFO' | 'ERROR';
  /** Label and effect of the button beside the text. */
  action?: { label: string; run(): void };
  /** Page that the notice leads to. */
  link?: { label: string; href: string };
}

const notices = signal<readonly Notice[]>([]);
let lastId = 0;

const SHOWN_MS = 8_000;

/** Shows a notice for a while; returns a function that removes it. */
export function notify(text: string, options: Partial<Omit<Notice, 'id' | 'text'>> = {}): () => void {
  const id = ++lastId;
  const remove = () => {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  };
  notices.value = [...notices.value, { kind: 'INFO', ...options, id, text }];
  setTimeout(remove, SHOWN_MS);
  return remove;
}

/** The notices of the page; screen readers announce them. */
export function Notices() {
  return (
    <div class={styles.stack} role="status" aria-live="polite">
      {notices.value.map(({ id, text, kind, action, link }) => (
        <div key={id} class={styles.notice} data-kind={kind}>
          <span>{text}</span>
          {action && (
            <button type="button" onClick={action.run}>
              {action.label}
            </button>
          )}
          {link && <a href={link.href}>{link.label}</a>}
        </div>
      ))}
    </div>
  );
}
