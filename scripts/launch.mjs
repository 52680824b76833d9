// Starts a program as the last thing that a launcher does.
import { spawn } from 'node:child_process';

const WINDOWS = process.platform === 'win32';

/**
 * Replaces this process by a program where the system can (POSIX, Node 22.15 or newer): no second process stays. Elsewhere
 * runs it as a child, passes signals on and ends as the child ended.
 */
export function launch(file, args, env = process.env, { replace = true } = {}) {
  if (replace && process.execve && !WINDOWS) process.execve(file, [file, ...args], { ...env });
  const child = spawn(file, args, { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (!reachesChild(signal)) child.kill(signal);
    });
  child.once('error', (error) => {
    console.error(`Cannot start ${file}: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    // The parent sees the signal that ended the program.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/**
 * Whether the system delivers a signal to the child by itself: a terminal sends Ctrl-C to its whole foreground group,
 * and Windows every signal to all processes of the console, where `kill` would end the child without a drain.
 */
function reachesChild(signal) {
  return WINDOWS || (signal === 'SIGINT' && process.stdin.isTTY === true);
}
