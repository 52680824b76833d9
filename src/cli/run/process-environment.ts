/** What the command reads from, and writes to, its own environment; the settings of a server are in config.ts. */
import { cwd, env } from 'node:process';

const LOCAL = ['localhost', '127.0.0.1', '[::1]'];

/** The kind of the terminal, such as `xterm-256color` or `dumb`. */
export const terminalKind = (): string | undefined => env.TERM;

/** Whether a script of npm runs this command. */
export const isNpmScript = (): boolean => env.npm_lifecycle_event !== undefined;

/** The current folder; empty where it has been removed. */
export function currentFolder(): string {
  try {
    return cwd();
  } catch {
    return '';
  }
}

/** The variables that name the temporary folder, for a process that has to use the same one. */
export function temporaryFolder(): Record<string, string> {
  const names = ['TMPDIR', 'TMP', 'TEMP'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/**
 * Keeps requests to this machine away from the proxy that NODE_USE_ENV_PROXY sets for this process: a proxy cannot reach
 * the server that the command starts. Node reads NO_PROXY again at each request.
 */
export function reachLocalhostDirectly(): void {
  for (const name of ['NO_PROXY', 'no_proxy']) {
    env[name] = [...new Set([...(env[name] ?? '').split(',').filter(Boolean), ...LOCAL])].join(',');
  }
}
