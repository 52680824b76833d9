import { arch, exit, platform } from 'node:process';

/** Error messages of native loaders, and of Node for a missing package or file; the group is the package's name. */
const MESSAGES = [
  /Could not load the "(sharp)" module/,
  /(?:No native build was found|Could not locate the bindings file|ERR_DLOPEN_FAILED|file too short|invalid ELF header|not a mach-o file|is not a valid Win32 application)[\s\S]*?node_modules[\\/]((?:@[^\\/\s]+[\\/])?[^\\/\s]+)/,
  /node_modules[\\/]((?:@[^\\/\s]+[\\/])?[^\\/\s]+)[\s\S]*?(?:file too short|invalid ELF header|wrong ELF class|not a mach-o file|not a valid Win32 application|cannot open shared object file)/,
  /Cannot find (?:module|package) '(?:[^']*node_modules[\\/])?((?:@[\w.-]+[\\/])?\w[\w.-]*)/,
];

/** One line for an error of a package that cannot be loaded, with the command that installs it; undefined for any other. */
export function explainPackage(error: unknown): string | undefined {
  for (let one = error; one instanceof Error; one = one.cause) {
    // An error of another process has its message in the stack.
    const text = `${one.message}\n${one.stack}`;
    const [, name] = MESSAGES.map((pattern) => pattern.exec(text)).find((found) => found !== null) ?? [];
    if (name !== undefined) {
      return (
        `The package ${name} cannot be loaded on ${platform}-${arch}: it, or its native part, is missing or was ` +
        'installed for another platform. Run: rm -rf node_modules && npm start'
      );
    }
  }
  return undefined;
}

/** Loads a module; ends the process with one line if a package is missing. */
export async function loadOrEnd<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const message = explainPackage(error);
    if (message === undefined) throw error;
    console.error(message);
    exit(1);
  }
}
