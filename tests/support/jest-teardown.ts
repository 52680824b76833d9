import { administer } from './servers/postgres-databases.js';

export default async function teardown(): Promise<void> {
  await administer([`drop database "${process.env.TEST_DATABASE_TEMPLATE}" with (force)`]);
}
