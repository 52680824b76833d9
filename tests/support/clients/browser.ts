import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { NOTE_STATUSES } from './noted-statuses.js';

const UNPACKED = fileURLToPath(new URL('../../../../node_modules/.cache/chromium', import.meta.url));

/** Shorter than the time limit of a test, so that a failure names the action; Playwright's default is 30 s. */
const ACTION_LIMIT_MS = 500_000;

/** In a separate process, because the package can unpack only into the folder for temporary files. */
const UNPACK = `
  import chromium, { inflate } from '@sparticuz/chromium';
  import { fileURLToPath } from 'node:url';
  chromium.setGraphicsMode = false;
  await chromium.executablePath();
  await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));
`;

/** The package's own file names only folders of the machine; without fonts there, Chromium ends at the first text. */
const FONT_SETTINGS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${UNPACKED}/fonts</dir>
  <cachedir>${UNPACKED}/fonts/cache</cachedir>
</fontconfig>
`;

/**
 * Starts a browser without a window. On Linux x64 it is the one from npm, with the libraries and fonts that its
 * package carries, so that the machine needs none; elsewhere it is the Chrome that the machine has.
 */
export async function launchBrowser(): Promise<Browser> {
  const timeout = ACTION_LIMIT_MS;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return chromium.launch({ channel: 'chrome', timeout });
  if (!existsSync(UNPACKED)) unpack();
  const fonts = join(UNPACKED, 'fonts/fonts.conf');
  // They have absolute paths, so they are written again where the folder has been moved or copied.
  if (readFileSync(fonts, 'utf8') !== FONT_SETTINGS) replaceFile(fonts, FONT_SETTINGS);
  return chromium.launch({
    timeout,
    executablePath: join(UNPACKED, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
    env: {
      ...(process.env as Record<string, string>),
      LD_LIBRARY_PATH: join(UNPACKED, 'al2023/lib'),
      FONTCONFIG_PATH: join(UNPACKED, 'fonts'),
    },
  });
}

/**
 * Opens a browser profile of a test: a desktop screen without animations, whose pages note what they say. An action waits
 * as long as a test may.
 */
export async function newContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const viewport = { width: 1_440, height: 900 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(ACTION_LIMIT_MS);
  await context.addInitScript(NOTE_STATUSES);
  return context;
}

/** Replaces a file in one step: a browser that another suite starts reads the old or the new text. */
function replaceFile(file: string, text: string): void {
  const part = `${file}-${process.pid}`;
  writeFileSync(part, text);
  renameSync(part, file);
}

/** Unpacks beside the final folder and renames it, so that an interrupted or parallel run leaves no partial folder. */
function unpack(): void {
  mkdirSync(dirname(UNPACKED), { recursive: true });
  const folder = mkdtempSync(`${UNPACKED}-`);
  execFileSync(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    renameSync(folder, UNPACKED);
  } catch {
    rmSync(folder, { recursive: true });
  }
}
