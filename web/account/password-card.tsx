import { changePassword } from '../session/session.js';
import { Card, Problem } from '../ui/card.js';
import { notify } from '../ui/notices.js';
import { fieldOf, useAction } from '../ui/use-action.js';
import { loadAccount } from './account.js';
import styles from './form.module.css';

/** Changes the password; every other session and all API tokens end. */
export function PasswordCard() {
  const { busy, problem, again, run } = useAction();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const passwords = { current: fieldOf(event, 'current'), next: fieldOf(event, 'next') };
    const done = await run(async () => {
      await changePassword(passwords.current, passwords.next);
      await loadAccount();
    });
    if (!done) return;
    form.reset();
    notify('Password changed. Other sessions and API tokens have ended.');
  };
  return (
    <Card title="Password">
      <form class={styles.form} onSubmit={submit}>
        <label>
          Current password
          <input name="current" type="password" autocomplete="current-password" required />
        </label>
        <label>
          New password, 8 to 128 characters
          <input
            name="next"
            type="password"
            autocomplete="new-password"
            minLength={8}
            maxLength={128}
            required
          />
        </label>
        <Problem text={problem.value} again={again.value} />
        <button type="submit" disabled={busy.value}>
          Change password
        </button>
      </form>
    </Card>
  );
}
