import { useEffect } from 'preact/hooks';
import { RecipesButton } from '../recipes/recipes-button.js';
import { Problem } from '../ui/card.js';
import { Page } from '../ui/page.js';
import { useAction } from '../ui/use-action.js';
import { loadAccount } from './account.js';
import styles from './account-page.module.css';
import { ApiTokensCard } from './api-tokens-card.js';
import { DeleteAccountCard } from './delete-account-card.js';
import { PasswordCard } from './password-card.js';
import { SessionsCard } from './sessions-card.js';
import { StorageCard } from './storage-card.js';

/** Password, storage, sessions, API tokens and deletion of the account. */
export default function AccountPage() {
  const { problem, again, run } = useAction();
  useEffect(() => void run(loadAccount), []);
  return (
    <Page title="Account" actions={<RecipesButton />}>
      <Problem text={problem.value} again={again.value} />
      <div class={styles.cards}>
        <PasswordCard />
        <StorageCard />
        <SessionsCard />
        <ApiTokensCard />
        <DeleteAccountCard />
      </div>
    </Page>
  );
}
