import type { Command } from 'commander';

const SETTINGS = `
Settings are environment variables, also from a file .env in the current folder:
PORT, DATA_DIR, DATABASE_URL, TASKS_DIR and others. The file .env.example of the
package describes each one.`;

/** Adds the commands that start the entries of the server. */
export function addServices(program: Command): void {
  const add = (name: string, summary: string, description: string, start: () => Promise<object>) =>
    program
      .command(name)
      .summary(summary)
      .description(description)
      .addHelpText('after', SETTINGS)
      .showHelpAfterError(`Settings are environment variables, such as PORT=4001 nogil-bench ${name}.`)
      .action(async () => void (await start()));
  add(
    'serve',
    'serve the API and the web app on port 4000',
    'Serves the API, its playground and the web app. Migrates the database first.',
    () => import('../../main.js'),
  );
  add(
    'worker',
    'run jobs beside a server',
    'Runs jobs from the queue of a PostgreSQL database that servers share.',
    () => import('../../worker.js'),
  );
  add(
    'migrate',
    'bring the database up to date',
    'Brings the database to the newest schema and ends: for deployments that migrate before they start anything else.',
    () => import('../../migrate.js'),
  );
}
