import { useSignal } from '@preact/signals';
import { CreateApiTokenDocument, RevokeApiTokenDocument, type TokenScope } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { ask } from '../session/session.js';
import { Card, Problem } from '../ui/card.js';
import { CopyButton } from '../ui/copy-button.js';
import { formatTime } from '../ui/format.js';
import { fieldOf, useAction } from '../ui/use-action.js';
import { account, loadAccount } from './account.js';
import { createTokenRecipe, revokeTokenRecipe } from './account-recipes.model.js';
import styles from './form.module.css';

const SCOPES: Record<TokenScope, string> = {
  WRITE: 'Read and write',
  READ: 'Read only',
};

/** API tokens for scripts. A new token is shown once. */
export function ApiTokensCard() {
  const { busy, problem, again, run } = useAction();
  const created = useSignal('');
  const create = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const input = {
      name: fieldOf(event, 'name'),
      scope: fieldOf(event, 'scope') as TokenScope,
      expiresInDays: Number(fieldOf(event, 'days')),
    };
    void run(async () => {
      created.value = (await ask(CreateApiTokenDocument, { input })).createApiToken.token;
      recordRecipe(createTokenRecipe(input));
      form.reset();
      await loadAccount();
    });
  };
  const revoke = (id: string) =>
    run(async () => {
      await ask(RevokeApiTokenDocument, { id });
      recordRecipe(revokeTokenRecipe(id));
      await loadAccount();
    });
  return (
    <Card title="API tokens">
      <p class={styles.quiet}>For scripts and CI, sent as “Authorization: Bearer nb_…”.</p>
      {created.value && (
        <div role="status">
          <p>Copy this token now. It is not shown again.</p>
          <p class={styles.token}>{created.value}</p>
          <CopyButton text={created.value} />
        </div>
      )}
      <ul class={styles.list}>
        {account.value?.apiTokens.map(({ id, name, scope, lastUsedAt, expiresAt }) => (
          <li key={id}>
            <span>
              {name}
              <br />
              <span class={styles.quiet}>
                {scope === 'READ' ? 'Read' : 'Write'} ·{' '}
                {lastUsedAt ? `last used ${formatTime(lastUsedAt)}` : 'never used'}
                {expiresAt && ` · expires ${formatTime(expiresAt)}`}
              </span>
            </span>
            <button type="button" disabled={busy.value} onClick={() => void revoke(id)}>
              Revoke
            </button>
          </li>
        ))}
      </ul>
      <form class={styles.form} onSubmit={create}>
        <label>
          Name
          <input name="name" required maxLength={100} placeholder="CI" />
        </label>
        <label>
          Scope
          <select name="scope">
            {Object.entries(SCOPES).map(([scope, label]) => (
              <option key={scope} value={scope}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          Expires after, in days
          <input name="days" type="number" min={1} max={365} value={90} required />
        </label>
        <Problem text={problem.value} again={again.value} />
        <button type="submit" disabled={busy.value}>
          Create token
        </button>
      </form>
    </Card>
  );
}
