import { signal } from '@preact/signals';
import { AccountDocument, type AccountQuery } from '../api/generated/graphql.js';
import { ask } from '../session/session.js';

/** Sessions and API tokens of the account; undefined until they are loaded. */
export const account = signal<AccountQuery | undefined>(undefined);

/** Loads sessions and API tokens. @throws ApiError */
export async function loadAccount(): Promise<void> {
  account.value = await ask(AccountDocument, {});
}
