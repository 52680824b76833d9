import { AccountsAndImages } from './20261121-accounts-and-images.js';

/** The migrations of SQLite in order; the names are what the database remembers. */
export const sqliteMigrations = [{ name: '20261121-accounts-and-images', class: AccountsAndImages }];
