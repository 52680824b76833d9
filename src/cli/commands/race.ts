import { exit, stdout } from 'node:process';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.js';
import { addRemoteOptions, remoteOf } from '../options/remote-options.js';
import { clientOf } from '../run/api-client.js';
import { Interruption } from '../run/interruption.js';
import { measuringServer } from '../run/machine-wait.js';
import { startOwnServer } from '../run/own-server.js';
import { race } from '../run/race.js';

export function addRace(program: Command): void {
  const command = program
    .command('race')
    .summary('let threads add to one counter, with and without synchronisation')
    .description(
      'Lets up to four threads, at most one for each processor, add to one counter in each variant; reports what was lost and what it cost.',
    );
  addRemoteOptions(command);
  command.action(async (values) => {
    new Interruption();
    const remote = remoteOf(values);
    const server = remote ? null : await startOwnServer();
    try {
      const client = await clientOf(remote, server);
      stdout.write(`${await race(client, measuringServer(server && [server]))}\n`);
    } finally {
      await server?.close();
    }
    exit(EXIT.DONE);
  });
}
