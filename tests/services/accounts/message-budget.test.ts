import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { MessageBudget } from '../../../src/services/accounts/message-budget.js';
import { eachDatabase, openTestDatabase } from '../../support/servers/database.js';

eachDatabase('the message budget', (databases) => {
  const pools: Pool[] = [];
  /** One for each process, which has connections of its own. */
  let budgets: MessageBudget[];

  beforeAll(async () => {
    if (databases.kind === 'SQLITE') {
      budgets = [new MessageBudget(4)];
      return;
    }
    const connectionString = await databases.create();
    await (await openTestDatabase(connectionString)).close();
    pools.push(new Pool({ connectionString }), new Pool({ connectionString }));
    budgets = pools.map((pool) => new MessageBudget(4, pool));
  });
  afterAll(() => Promise.all(pools.map((pool) => pool.end())));

  it("counts a user's messages over all processes, and each user apart", async () => {
    const allowed: boolean[] = [];
    for (let n = 0; n < 7; n++)
      allowed.push(await (budgets[n % budgets.length] as MessageBudget).take('ada'));
    expect(allowed).toEqual([true, true, true, true, false, false, false]);
    expect(await budgets[0]?.take('bob')).toBe(true);
  });

  it('is counted by each process alone while the database is unavailable', async () => {
    const gone = new Pool({ host: '127.0.0.1', port: 1 });
    const alone = new MessageBudget(1, databases.kind === 'SQLITE' ? undefined : gone);
    expect([await alone.take('eve'), await alone.take('eve')]).toEqual([true, false]);
    await gone.end();
  });
});
