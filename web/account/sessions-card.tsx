import { RevokeOtherSessionsDocument, RevokeSessionDocument } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import type { Recipe } from '../recipes/recipe.model.js';
import { ask } from '../session/session.js';
import { Card, Problem } from '../ui/card.js';
import { formatTime } from '../ui/format.js';
import { useAction } from '../ui/use-action.js';
import { account, loadAccount } from './account.js';
import { endOtherSessionsRecipe, endSessionRecipe } from './account-recipes.model.js';
import { clientName } from './client-name.model.js';
import styles from './form.module.css';

/** Sign-ins of the account; each can be ended. */
export function SessionsCard() {
  const { busy, problem, again, run } = useAction();
  const sessions = account.value?.sessions ?? [];
  const end = (work: () => Promise<unknown>, recipe: Recipe) =>
    run(async () => {
      await work();
      recordRecipe(recipe);
      await loadAccount();
    });
  return (
    <Card title="Sessions">
      <ul class={styles.list}>
        {sessions.map(({ id, userAgent, address, lastUsedAt, current }) => (
          <li key={id}>
            <span>
              {clientName(userAgent)}
              <br />
              <span class={styles.quiet}>
                {address ?? 'unknown address'} · last used {formatTime(lastUsedAt)}
              </span>
            </span>
            {current ? (
              <span class={styles.quiet}>This session</span>
            ) : (
              <button
                type="button"
                disabled={busy.value}
                onClick={() => void end(() => ask(RevokeSessionDocument, { id }), endSessionRecipe(id))}
              >
                End
              </button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={problem.value} again={again.value} />
      {sessions.length > 1 && (
        <button
          type="button"
          disabled={busy.value}
          onClick={() => void end(() => ask(RevokeOtherSessionsDocument, {}), endOtherSessionsRecipe())}
        >
          End all other sessions
        </button>
      )}
    </Card>
  );
}
