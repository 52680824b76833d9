import { useSignal } from '@preact/signals';
import { DeleteAccountDocument } from '../api/generated/graphql.js';
import { ask, signOut } from '../session/session.js';
import { Card, Problem } from '../ui/card.js';
import { fieldOf, useAction } from '../ui/use-action.js';
import styles from './form.module.css';

/** Deletes the account after its password has been entered. */
export function DeleteAccountCard() {
  const { busy, problem, again, run } = useAction();
  const asked = useSignal(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const password = fieldOf(event, 'password');
    void run(async () => {
      await ask(DeleteAccountDocument, { password });
      await signOut();
    });
  };
  return (
    <Card title="Delete account">
      <p>Deletes all your images, jobs and benchmarks. This cannot be undone.</p>
      {asked.value ? (
        <form class={styles.form} onSubmit={submit}>
          <label>
            Password
            <input name="password" type="password" autocomplete="current-password" required />
          </label>
          <Problem text={problem.value} again={again.value} />
          <button type="submit" class="danger" disabled={busy.value}>
            Delete account for ever
          </button>
        </form>
      ) : (
        <button
          type="button"
          class="danger"
          onClick={() => {
            asked.value = true;
          }}
        >
          Delete account …
        </button>
      )}
    </Card>
  );
}
