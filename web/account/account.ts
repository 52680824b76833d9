import { signal } from '@preact/signals';
import { AccountDocument, type AccountQuery } from '../api/generated/graphql.js';
import { recordRecipe } from '../recipes/recent-recipes.js';
import { onSignedOut } from '../session/on-signed-out.js';
import { ask } from '../session/session.js';
import { listSessionsRecipe, listTokensRecipe } from './account-recipes.model.js';

/** Storage, sessions and API tokens of the account; undefined until they are loaded. */
export const account = signal<AccountQuery | undefined>(undefined);

onSignedOut(() => {
  account.value = undefined;
});

/** Loads storage, sessions and API tokens. @throws AppError */
export async function loadAccount(): Promise<void> {
  account.value = await ask(AccountDocument, {});
  recordRecipe(listSessionsRecipe());
  recordRecipe(listTokensRecipe());
}
