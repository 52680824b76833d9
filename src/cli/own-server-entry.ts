/** The server that a command starts for itself: it ends when the command is gone, however that ended. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
await import('../main.js');
