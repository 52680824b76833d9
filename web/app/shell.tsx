import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { session, signOut } from '../session/session.js';
import { Notices } from '../ui/notices.js';
import { BASE_PATH } from './base-path.js';
import { ConnectionNotice } from './connection-notice.js';
import styles from './shell.module.css';
import { ThemeSwitch } from './theme-switch.js';

const SECTIONS = [
  { path: '/images', label: 'Images', isStart: true },
  { path: '/jobs', label: 'Jobs', isStart: false },
  { path: '/lab', label: 'Laboratory', isStart: false },
] as const;

/** Whether an address is of a section; the start page shows the images. */
function isWithin(path: string, section: (typeof SECTIONS)[number]): boolean {
  const address = path.slice(BASE_PATH.length);
  return address.startsWith(section.path) || (section.isStart && (address === '' || address === '/'));
}

/** Bar with navigation and account, around every page of a signed-in user. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const state = session.value;
  const content = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  // After a change of page, the keyboard and screen readers continue at its beginning.
  useEffect(() => {
    if (!isFirst.current) content.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [path]);
  return (
    <>
      <a class={styles.skip} href="#content">
        Skip to content
      </a>
      <header class={styles.bar}>
        <a class={styles.brand} href={`${BASE_PATH}/`}>
          nogil<i>·</i>bench
        </a>
        {state.status === 'SIGNED_IN' && (
          <nav aria-label="Sections">
            {SECTIONS.map((section) => (
              <a
                key={section.path}
                href={`${BASE_PATH}${section.path}`}
                aria-current={isWithin(path, section) ? 'page' : undefined}
              >
                {section.label}
              </a>
            ))}
            <a href={`${BASE_PATH}/playground`} target="_blank" rel="noopener">
              Playground
            </a>
          </nav>
        )}
        <div class={styles.account}>
          <ThemeSwitch />
          {state.status === 'SIGNED_IN' && (
            <>
              <a
                class={styles.email}
                href={`${BASE_PATH}/account`}
                aria-current={path.startsWith(`${BASE_PATH}/account`) ? 'page' : undefined}
                title="Account"
              >
                {state.user.email}
              </a>
              <button type="button" class={styles.quiet} onClick={() => void signOut()}>
                Sign out
              </button>
            </>
          )}
        </div>
      </header>
      <ConnectionNotice />
      <div id="content" ref={content} class={styles.content} tabIndex={-1}>
        {children}
      </div>
      <Notices />
    </>
  );
}
