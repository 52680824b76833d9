import { describe, expect, it } from '@jest/globals';
import { databaseAddress } from '../../src/settings/database-address.js';

const problemOf = (address: string) => databaseAddress.safeParse(address).error?.issues[0]?.message;

describe('the address of a database', () => {
  it.each([
    'sqlite:///absolute/path.db',
    'sqlite://./relative.db',
    'sqlite://:memory:',
    'postgres://host/db',
    'postgresql://user@host:5432/db',
    'postgresql://user:pa%40ss%2Fw%23rd@host/db?sslmode=require&application_name=a@b',
    'postgresql://user:pa:ss@[::1]:5432/db',
    'postgresql://user@%2Fvar%2Frun%2Fpostgresql/db',
    'postgresql:///db?host=/var/run/postgresql',
  ])('is accepted: %s', (address) => expect(problemOf(address)).toBeUndefined());

  it.each(['p@ss', 'p/ss', 'p#ss', 'p?ss', 'p@ss/w#rd', '[p]'])(
    'is refused where the password has a reserved character, without showing it: %s',
    (password) => {
      const problem = problemOf(`postgresql://odd:${password}@127.0.0.1:1/app`);
      expect(problem).toMatch(/reserved character .*%40 for @/);
      expect(problem).not.toContain(password);
    },
  );

  it.each([
    ['mysql://here', /must be sqlite/],
    ['sqlite://relative.db', /must be sqlite/],
    ['postgresql://user:50%@host/db', /%25 for a %/],
    ['postgresql://host:port/db', /must be postgresql:\/\/user/],
  ])('is refused with what would be right: %s', (address, message) => {
    expect(problemOf(address)).toMatch(message);
  });
});
