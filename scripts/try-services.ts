import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresServer } from '../tests/support/servers/postgres-server.js';

/** Folder with the files of the production stage. */
export interface Image {
  folder: string;
  /** User of its processes. */
  identity: { uid?: number; gid?: number };
  env: Readonly<Record<string, string | undefined>>;
}

const [API_PORT, WORKER_PORT] = [45_870, 45_871];

/**
 * Starts the services of docker-compose.yml on a temporary PostgreSQL: the migration, which has to succeed, then the
 * image's command as API and a worker, which have to answer health checks and exit after SIGTERM.
 */
export async function tryServices(image: Image, command: readonly string[]): Promise<void> {
  const postgres = await PostgresServer.start();
  const env = {
    ...image.env,
    ...{ DATABASE_URL: postgres.url, WORKER_INLINE: 'false', HOST: '127.0.0.1' },
    ...{ JWT_SECRET: '0123456789abcdef'.repeat(4), WORKER_PORT: String(WORKER_PORT), LOG_LEVEL: 'warn' },
  };
  /** With this Node, because the packages of production have none. */
  const start = (words: readonly string[], port: number) => {
    console.log(`   node ${words.join(' ')}`);
    return spawn(process.execPath, words, {
      ...{ ...image.identity, cwd: image.folder, stdio: 'inherit' as const },
      env: { ...env, PORT: String(port) },
    });
  };
  try {
    const [code] = await once(start(['build/programs/migrate.js'], 0), 'exit');
    if (code !== 0) throw new Error('The migration failed');
    const services = [
      { port: API_PORT, child: start(command.slice(1), API_PORT) },
      { port: WORKER_PORT, child: start(['--enable-source-maps', 'build/programs/worker.js'], WORKER_PORT) },
    ];
    try {
      for (const { port } of services) await healthy(port);
    } finally {
      for (const { child } of services) child.kill('SIGTERM');
    }
    for (const { child } of services)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    if (services.some(({ child }) => child.exitCode !== 0))
      throw new Error('A service did not exit with code 0');
  } finally {
    postgres.remove();
  }
}

async function healthy(port: number): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await delay(200)) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
    if (answer?.ok) return console.log(`   http://127.0.0.1:${port}/health: ok`);
  }
  throw new Error(`Nothing serves on port ${port}`);
}
