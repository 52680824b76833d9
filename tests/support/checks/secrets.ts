/** Whatever a test sent or was given that no log may hold: over a whole run, each server's log is searched for it. */
const seen = new Set<string>();

const IN_JSON =
  /"(?:password|currentPassword|newPassword|accessToken|refreshToken|token)":"((?:[^"\\]|\\.){6,})"/g;
const IN_LINK = /\bsignature=([\w-]{20,})/g;

/** Remembers the passwords, tokens and signatures in a request or an answer, as JSON. */
export function noteSecrets(json: string): void {
  for (const pattern of [IN_JSON, IN_LINK]) {
    for (const [, secret] of json.matchAll(pattern)) if (secret) seen.add(secret);
  }
}

/** Fails where a log holds a secret that was seen so far, or what looks like a hash of a password. */
export function expectNoSecrets(log: string): void {
  const lines = log.split('\n');
  const found = lines.filter(
    (line) => [...seen].some((secret) => line.includes(secret)) || /\$2[aby]\$\d\d\$/.test(line),
  );
  if (found.length > 0) throw new Error(`The log holds a secret:\n${found.slice(0, 5).join('\n')}`);
}
