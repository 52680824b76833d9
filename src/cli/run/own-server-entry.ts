/** Server that a command starts for itself; it ends when the command has ended, for any reason. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
await import('../../main.js');
// Only now, when the settings have been read: a file .env in the folder of the command may be that of another server.
// A task module finds its files as it does without this program.
const folder = process.argv[2];
if (folder) process.chdir(folder);
