import { useState } from 'preact/hooks';
import { errorText } from '../api/error-text.js';
import { useTitle } from '../ui/use-title.js';
import { enter } from './session.js';
import { hasSignedInBefore } from './session-hint.js';
import styles from './sign-in-page.module.css';

type SignInMode = 'LOGIN' | 'REGISTER';

const WORDS: Record<SignInMode, { title: string; submit: string; other: string; autocomplete: string }> = {
  LOGIN: {
    title: 'Sign in',
    submit: 'Sign in',
    other: 'Create an account instead',
    autocomplete: 'current-password',
  },
  REGISTER: {
    title: 'Create an account',
    submit: 'Create account',
    other: 'Sign in instead',
    autocomplete: 'new-password',
  },
};

/** Signs in or creates an account. */
export function SignInPage() {
  const [mode, setMode] = useState<SignInMode>(() => (hasSignedInBefore() ? 'LOGIN' : 'REGISTER'));
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const words = WORDS[mode];
  useTitle(words.title);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setProblem('');
    try {
      const credentials = { email: String(form.get('email')), password: String(form.get('password')) };
      await enter(credentials, mode === 'REGISTER');
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <main class={styles.page}>
      <section class={styles.pitch}>
        <h1>Process images. Measure what is fastest.</h1>
        <ul>
          <li>Drop photos, and see each operation at once, on a native engine and in JavaScript.</li>
          <li>Apply the same pipeline to a thousand images, and watch every one of them.</li>
          <li>Measure five concurrency models on this server, and learn in eight lessons why one wins.</li>
          <li>Copy what you did as GraphQL, curl or TypeScript.</li>
        </ul>
      </section>
      <form class={styles.form} onSubmit={submit} aria-labelledby="sign-in-title">
        <h2 id="sign-in-title">{words.title}</h2>
        <label>
          E-mail address
          <input name="email" type="email" autocomplete="email" required />
        </label>
        <label>
          Password
          <input
            name="password"
            type="password"
            autocomplete={words.autocomplete}
            minLength={mode === 'REGISTER' ? 8 : 1}
            maxLength={128}
            required
            aria-describedby="password-rule"
          />
        </label>
        <p id="password-rule" class={styles.hint}>
          {mode === 'REGISTER' ? '8 to 128 characters.' : ''}
        </p>
        {!navigator.cookieEnabled && (
          <p class={styles.hint}>
            This browser blocks cookies: you stay signed in only until you close or reload this page, and for
            at most some minutes.
          </p>
        )}
        <p role="alert" class={styles.problem}>
          {problem}
        </p>
        <button type="submit" class="primary" disabled={busy}>
          {words.submit}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => {
            setMode(mode === 'LOGIN' ? 'REGISTER' : 'LOGIN');
            setProblem('');
          }}
        >
          {words.other}
        </button>
      </form>
    </main>
  );
}
