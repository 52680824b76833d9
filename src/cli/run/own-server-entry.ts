/** Server that a command starts for itself; it ends when the command has ended, for any reason. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
await import('../../main.js');
