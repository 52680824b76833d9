import { rmSync } from 'node:fs';

/** Server that a command starts for itself; it ends when the command has ended, for any reason. */
const [, , folder, data] = process.argv;
process.on('disconnect', () => {
  // The command was killed, so that it cannot remove the folder itself.
  if (data) process.once('exit', () => rmSync(data, { recursive: true, force: true, maxRetries: 3 }));
  process.kill(process.pid, 'SIGTERM');
});
await import('../../main.js');
// Only now, when the settings have been read: a file .env in the folder of the command may be that of another server.
// A task module finds its files as it does without this program.
if (folder) process.chdir(folder);
