import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';

const NAME = 'nogil_bench_session';
const DAY_MS = 86_400_000;

export interface CookieSettings {
  publicUrl: string | undefined;
  /** Path of the public address, without a trailing slash. */
  basePath: string;
  sessionDays: number;
}

/** Cookie with the refresh token of the web app: not readable by scripts, sent only to the session routes. */
export class SessionCookie {
  constructor(private readonly settings: CookieSettings) {}

  /** Empty without one. */
  read(request: Request): string {
    return parseCookie(request.get('cookie') ?? '')[this.#name(request)] ?? '';
  }

  write(request: Request, response: Response, refreshToken: string): void {
    response.cookie(this.#name(request), refreshToken, {
      ...this.#attributes(request),
      maxAge: this.settings.sessionDays * DAY_MS,
    });
  }

  clear(request: Request, response: Response): void {
    response.clearCookie(this.#name(request), this.#attributes(request));
  }

  /** Browsers send a cookie to every port of a host: the port in the name separates two servers on one host. */
  #name(request: Request): string {
    const { publicUrl } = this.settings;
    const port = publicUrl ? new URL(publicUrl).port : /:(\d+)$/.exec(request.get('host') ?? '')?.[1];
    return port ? `${NAME}_${port}` : NAME;
  }

  #attributes(request: Request): CookieOptions {
    const { publicUrl, basePath } = this.settings;
    return {
      httpOnly: true,
      sameSite: 'strict',
      secure: publicUrl?.startsWith('https:') ?? request.secure,
      path: `${basePath}/session`,
    };
  }
}
