/** Actions of the account page as code to copy. API tokens have no access to the account. */
import { EnumValue, type Operation } from '../recipes/graphql-text.model.js';
import type { Recipe } from '../recipes/recipe.model.js';

function ofAccount(title: string, operation: Operation): Recipe {
  return { kind: 'REQUEST', token: 'ACCESS_TOKEN', title, operation };
}

export function listTokensRecipe(): Recipe {
  return ofAccount('List API tokens', {
    type: 'query',
    field: 'apiTokens',
    selection: ['id name scope createdAt lastUsedAt expiresAt'],
  });
}

export function listSessionsRecipe(): Recipe {
  return ofAccount('List sessions', {
    type: 'query',
    field: 'sessions',
    selection: ['id createdAt lastUsedAt userAgent address current'],
  });
}

export function createTokenRecipe(input: { name: string; scope: string; expiresInDays: number }): Recipe {
  return ofAccount('Create an API token', {
    type: 'mutation',
    field: 'createApiToken',
    args: { input: { ...input, scope: new EnumValue(input.scope) } },
    selection: ['token', 'apiToken { id name scope expiresAt }'],
  });
}

export function revokeTokenRecipe(id: string): Recipe {
  return ofAccount('Revoke an API token', { type: 'mutation', field: 'revokeApiToken', args: { id } });
}

export function endSessionRecipe(id: string): Recipe {
  return ofAccount('End a session', { type: 'mutation', field: 'revokeSession', args: { id } });
}

export function endOtherSessionsRecipe(): Recipe {
  return ofAccount('End all other sessions', { type: 'mutation', field: 'revokeOtherSessions' });
}
